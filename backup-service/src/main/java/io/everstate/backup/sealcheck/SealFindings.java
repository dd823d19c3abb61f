package io.everstate.backup.sealcheck;

import io.everstate.backup.platform.Printable;
import io.everstate.contracts.backup.SealCheckView.Acknowledgement;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** What checks found, one row a finding, and what of that was told. */
@Singleton
class SealFindings {
    private static final int SHOWN = 500;

    /** In characters: no object's name is longer. */
    static final int LONGEST = 1024;

    private static final String ADD = """
            insert into seal_finding (check_id, object, kind, backup_id, expected, found) values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict do nothing""";

    /** With what was said of the same finding. */
    private static final String OF_CHECK = """
            from seal_finding f
            join seal_check c on c.id = f.check_id
            left join seal_finding_told told on told.workspace = c.workspace and told.object = f.object and told.kind = f.kind
                  and told.acknowledged_expected = f.expected and told.acknowledged_found = f.found
           where f.check_id = ?1""";

    private static final String LIST =
            """
            select f.kind, f.object, f.backup_id, f.expected, f.found,
                   told.acknowledged_by, told.acknowledged_at, told.acknowledged_reason
            """ + OF_CHECK + " order by told.acknowledged_by is not null, f.object, f.kind limit ?2";
    private static final String COUNT =
            "select count(*) as found, count(told.acknowledged_by) as acknowledged " + OF_CHECK;

    /** Another one of the same object and kind than was acknowledged is a new one. */
    private static final String TELL = """
            insert into seal_finding_told as told (workspace, object, kind) values (?1, ?2, ?3)
            on conflict (workspace, object, kind) do update
               set acknowledged_by = null, acknowledged_at = null, acknowledged_reason = null,
                   acknowledged_expected = null, acknowledged_found = null
             where told.acknowledged_expected <> ?4 or told.acknowledged_found <> ?5""";

    /** What a check did not look for is not gone. */
    private static final String FORGET = """
            delete from seal_finding_told told where workspace = ?1
               and not exists (select 1 from seal_finding f where f.check_id = ?2 and f.object = told.object and f.kind = told.kind)
               and (cast(?3 as boolean) or kind <> 'ARCHIVE_CHANGED') and (cast(?4 as boolean) or kind <> 'HEAD_MISSING')""";

    private final Session session;

    SealFindings(Session session) {
        this.session = session;
    }

    /** @return those that were not told yet, which are from now on, and those of which something else was acknowledged */
    @Transactional(TxType.MANDATORY)
    List<Finding> add(Order order, List<Finding> found) {
        var findings = found.stream().map(SealFindings::printable).toList();
        findings.forEach(finding -> add(order.id(), finding));
        session.createNativeMutationQuery(FORGET)
                .setParameter(1, order.workspace())
                .setParameter(2, order.id())
                .setParameter(3, order.archives())
                .setParameter(4, order.noted() != null)
                .executeUpdate();
        return findings.stream()
                .filter(finding -> tell(order.workspace(), finding))
                .toList();
    }

    /** Strangers name objects and write them: what a database or a log line would not take of that, or not whole, would hide all other findings. */
    static Finding printable(Finding finding) {
        return new Finding(
                finding.kind(),
                printable(finding.object()),
                finding.backupId(),
                printable(finding.expected()),
                printable(finding.found()));
    }

    private static String printable(String text) {
        return Printable.of(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    private void add(UUID check, Finding finding) {
        session.createNativeMutationQuery(ADD)
                .setParameter(1, check)
                .setParameter(2, finding.object())
                .setParameter(3, finding.kind().name())
                .setParameter(4, finding.backupId(), UUID.class)
                .setParameter(5, finding.expected())
                .setParameter(6, finding.found())
                .executeUpdate();
    }

    private boolean tell(String workspace, Finding finding) {
        return session.createNativeMutationQuery(TELL)
                        .setParameter(1, workspace)
                        .setParameter(2, finding.object())
                        .setParameter(3, finding.kind().name())
                        .setParameter(4, finding.expected())
                        .setParameter(5, finding.found())
                        .executeUpdate()
                == 1;
    }

    /** How many a check has, and of how many of them somebody said that they are known. */
    record Counts(long all, long acknowledged) {}

    @Transactional
    Counts counts(UUID check) {
        var row = session.createNativeQuery(COUNT, Tuple.class)
                .setParameter(1, check)
                .getSingleResult();
        return new Counts(row.get(0, Long.class), row.get(1, Long.class));
    }

    @Transactional
    List<Finding> first(UUID check) {
        return session.createNativeQuery(LIST, Tuple.class)
                .setParameter(1, check)
                .setParameter(2, SHOWN)
                .getResultStream()
                .map(SealFindings::finding)
                .toList();
    }

    private static Finding finding(Tuple row) {
        var by = row.get(5, String.class);
        return new Finding(
                Kind.valueOf(row.get(0, String.class)),
                row.get(1, String.class),
                row.get(2, UUID.class),
                row.get(3, String.class),
                row.get(4, String.class),
                by == null ? null : new Acknowledgement(by, row.get(6, Instant.class), row.get(7, String.class)));
    }
}
