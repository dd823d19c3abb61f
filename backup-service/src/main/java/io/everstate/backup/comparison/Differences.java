package io.everstate.backup.comparison;

import io.everstate.contracts.backup.BucketComparisonView.Difference;
import io.everstate.contracts.backup.BucketComparisonView.Kind;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** What comparisons found, one row an object. */
@Singleton
class Differences {
    private static final int SHOWN = 500;
    private static final String ADD = """
            insert into bucket_difference (comparison_id, object, kind, backup_id, bytes, detail) values (?1, ?2, ?3, ?4, ?5, ?6)""";
    private static final String LIST = """
            select object, kind, backup_id, bytes, detail, swept_at from bucket_difference where comparison_id = ?1 order by object limit ?2""";
    private static final String ORPHANS = """
            select object, kind, backup_id, bytes, detail, swept_at from bucket_difference
             where comparison_id = ?1 and kind = 'ORPHAN' and swept_at is null order by object""";
    private static final String COUNTS =
            "select kind, count(*) from bucket_difference where comparison_id = ?1 group by kind";

    private static final String SWEPT =
            "select count(*) from bucket_difference where comparison_id = ?1 and swept_at is not null";

    private final Session session;

    Differences(Session session) {
        this.session = session;
    }

    @Transactional(TxType.MANDATORY)
    void add(UUID comparison, List<Difference> differences) {
        for (var difference : differences) {
            session.createNativeMutationQuery(ADD)
                    .setParameter(1, comparison)
                    .setParameter(2, difference.object())
                    .setParameter(3, difference.kind().name())
                    .setParameter(4, difference.backupId(), UUID.class)
                    .setParameter(5, difference.bytes(), Long.class)
                    .setParameter(6, difference.detail())
                    .executeUpdate();
        }
    }

    @Transactional
    Map<Kind, Long> counts(UUID comparison) {
        var counts = new EnumMap<Kind, Long>(Kind.class);
        session.createNativeQuery(COUNTS, Tuple.class)
                .setParameter(1, comparison)
                .getResultStream()
                .forEach(row -> counts.put(
                        Kind.valueOf(row.get(0, String.class)),
                        row.get(1, Number.class).longValue()));
        return counts;
    }

    @Transactional
    long swept(UUID comparison) {
        return session.createNativeQuery(SWEPT, Long.class)
                .setParameter(1, comparison)
                .getSingleResult();
    }

    @Transactional
    List<Difference> first(UUID comparison) {
        return session.createNativeQuery(LIST, Tuple.class)
                .setParameter(1, comparison)
                .setParameter(2, SHOWN)
                .getResultStream()
                .map(Differences::difference)
                .toList();
    }

    @Transactional
    List<Difference> unsweptOrphans(UUID comparison) {
        return session.createNativeQuery(ORPHANS, Tuple.class)
                .setParameter(1, comparison)
                .getResultStream()
                .map(Differences::difference)
                .toList();
    }

    @Transactional
    void swept(UUID comparison, String object, Instant at) {
        session.createNativeMutationQuery(
                        "update bucket_difference set swept_at = ?1 where comparison_id = ?2 and object = ?3")
                .setParameter(1, at)
                .setParameter(2, comparison)
                .setParameter(3, object)
                .executeUpdate();
    }

    private static Difference difference(Tuple row) {
        var bytes = row.get(3, Number.class);
        return new Difference(
                row.get(0, String.class),
                Kind.valueOf(row.get(1, String.class)),
                row.get(2, UUID.class),
                bytes == null ? null : bytes.longValue(),
                row.get(4, String.class),
                row.get(5, Instant.class));
    }
}
