package io.everstate.backup.sealcheck;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What people said of findings: that they are known, and why they may stay. Each is kept with what was told of it, as long as it is found. */
@Singleton
class Acknowledgements {
    private static final String FOUND = """
            select f.kind, f.expected, f.found,
                   told.kind is not null as told,
                   exists (select 1 from seal_finding later join seal_check lc on lc.id = later.check_id
                            where lc.workspace = c.workspace and lc.id > c.id and later.object = f.object and later.kind = f.kind
                              and (later.expected, later.found) is distinct from (f.expected, f.found)) as changed,
                   case when (told.acknowledged_expected, told.acknowledged_found) = (f.expected, f.found) then told.acknowledged_by end as by,
                   told.acknowledged_reason, c.workspace
              from seal_finding f
              join seal_check c on c.id = f.check_id
              left join seal_finding_told told on told.workspace = c.workspace and told.object = f.object and told.kind = f.kind
             where f.check_id = ?1 and f.object = ?2""";
    private static final String ACKNOWLEDGE = """
            update seal_finding_told
               set acknowledged_by = ?4, acknowledged_at = ?5, acknowledged_reason = ?6, acknowledged_expected = ?7, acknowledged_found = ?8
             where workspace = ?1 and object = ?2 and kind = ?3
               and (acknowledged_expected, acknowledged_found) is distinct from (?7, ?8)""";

    private final Session session;
    private final Clock clock;

    Acknowledgements(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /**
     * @param told whether it was found by the last check that looked for it
     * @param changed whether a later check found something else of the same object and kind
     * @param by who acknowledged it already; null when nobody did
     */
    private record Found(
            String workspace,
            String kind,
            String expected,
            String found,
            boolean told,
            boolean changed,
            @Nullable String by,
            @Nullable String reason) {
        static Found of(Tuple row) {
            return new Found(
                    row.get(7, String.class),
                    row.get(0, String.class),
                    row.get(1, String.class),
                    row.get(2, String.class),
                    row.get(3, Boolean.class),
                    row.get(4, Boolean.class),
                    row.get(5, String.class),
                    row.get(6, String.class));
        }
    }

    /**
     * Of all that a check found of an object, or of none of it. Said again for the same reason it changes nothing.
     *
     * @throws ProblemException NOT_FOUND when the check found nothing of it; CONFLICT when that is gone, is another finding by now, or was acknowledged for
     *     another reason
     */
    @Transactional
    void add(UUID check, String object, String by, String reason) {
        var found = session.createNativeQuery(FOUND, Tuple.class)
                .setParameter(1, check)
                .setParameter(2, object)
                .getResultStream()
                .map(Found::of)
                .toList();
        if (found.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "check %s found nothing of %s".formatted(check, object));
        }
        for (var finding : found) {
            check(finding, object, reason);
            if (finding.by() == null) {
                acknowledge(finding, object, by, reason);
            }
        }
    }

    private static void check(Found finding, String object, String reason) {
        if (!finding.told()) {
            throw conflict("%s of %s is gone since".formatted(finding.kind(), object));
        }
        if (finding.changed()) {
            throw conflict("a later check found something else of %s: look at that one".formatted(object));
        }
        if (finding.by() != null && !reason.equals(finding.reason())) {
            throw conflict("%s acknowledged it already: %s".formatted(finding.by(), finding.reason()));
        }
    }

    private static ProblemException conflict(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }

    private void acknowledge(Found finding, String object, String by, String reason) {
        var changed = session.createNativeMutationQuery(ACKNOWLEDGE)
                .setParameter(1, finding.workspace())
                .setParameter(2, object)
                .setParameter(3, finding.kind())
                .setParameter(4, by)
                .setParameter(5, clock.instant().truncatedTo(ChronoUnit.MICROS))
                .setParameter(6, reason)
                .setParameter(7, finding.expected())
                .setParameter(8, finding.found())
                .executeUpdate();
        if (changed == 0) {
            throw conflict("%s of %s is gone, or was acknowledged, just now".formatted(finding.kind(), object));
        }
    }
}
