package io.everstate.backup.rebuild;

import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import io.everstate.contracts.backup.CatalogueRebuildView.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** What rebuilds found, one row an archive: a rebuild that was cut off goes on from them. */
@Singleton
class Findings {
    private static final int PROBLEMS = 500;
    private static final String PUT = """
            insert into catalogue_rebuild_finding (rebuild_id, backup_id, object, bytes, outcome, detail)
            values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (rebuild_id, backup_id) do update set outcome = excluded.outcome, detail = excluded.detail""";
    private static final String COUNTS = """
            select outcome, count(*), sum(bytes) from catalogue_rebuild_finding where rebuild_id = ?1 group by outcome""";
    private static final String PROBLEM_ROWS = """
            select object, backup_id, outcome, detail from catalogue_rebuild_finding
             where rebuild_id = ?1 and outcome not in ('FOUND', 'VERIFIED')
             order by object limit ?2""";

    private final Session session;

    Findings(Session session) {
        this.session = session;
    }

    @Transactional
    void put(UUID rebuild, Finding finding) {
        session.createNativeMutationQuery(PUT)
                .setParameter(1, rebuild)
                .setParameter(2, finding.backupId())
                .setParameter(3, finding.object())
                .setParameter(4, finding.bytes())
                .setParameter(5, finding.outcome().name())
                .setParameter(6, finding.detail())
                .executeUpdate();
    }

    /** @param bytes of all of them, as stored */
    record Count(long number, long bytes) {}

    @Transactional
    Map<Outcome, Count> counts(UUID rebuild) {
        var counts = new EnumMap<Outcome, Count>(Outcome.class);
        session.createNativeQuery(COUNTS, Tuple.class)
                .setParameter(1, rebuild)
                .getResultStream()
                .forEach(row -> counts.put(
                        Outcome.valueOf(row.get(0, String.class)),
                        new Count(
                                row.get(1, Number.class).longValue(),
                                row.get(2, Number.class).longValue())));
        return counts;
    }

    @Transactional
    List<Problem> problems(UUID rebuild) {
        return session.createNativeQuery(PROBLEM_ROWS, Tuple.class)
                .setParameter(1, rebuild)
                .setParameter(2, PROBLEMS)
                .getResultStream()
                .map(row -> new Problem(
                        row.get(0, String.class),
                        row.get(1, UUID.class),
                        Outcome.valueOf(row.get(2, String.class)),
                        row.get(3, String.class)))
                .toList();
    }
}
