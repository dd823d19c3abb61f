package io.everstate.backup.sealcheck;

import io.everstate.backup.platform.Printable;
import io.everstate.contracts.backup.SealCheckView.Finding;
import io.everstate.contracts.backup.SealCheckView.Kind;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** What checks found, one row a finding, and what of that was told. */
@Singleton
class SealFindings {
    private static final int SHOWN = 500;

    /** In characters: no object's name is longer. */
    private static final int LONGEST = 1024;

    private static final String ADD = """
            insert into seal_finding (check_id, object, kind, backup_id, expected, found) values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict do nothing""";
    private static final String LIST = """
            select kind, object, backup_id, expected, found from seal_finding where check_id = ?1 order by object, kind limit ?2""";
    private static final String TELL =
            "insert into seal_finding_told (workspace, object, kind) values (?1, ?2, ?3) on conflict do nothing";

    /** What a check did not look for is not gone. */
    private static final String FORGET = """
            delete from seal_finding_told told where workspace = ?1
               and not exists (select 1 from seal_finding f where f.check_id = ?2 and f.object = told.object and f.kind = told.kind)
               and (cast(?3 as boolean) or kind <> 'ARCHIVE_CHANGED') and (cast(?4 as boolean) or kind <> 'HEAD_MISSING')""";

    private final Session session;

    SealFindings(Session session) {
        this.session = session;
    }

    /** @return those that were not told yet, which are from now on */
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
                        .executeUpdate()
                == 1;
    }

    @Transactional
    long count(UUID check) {
        return session.createNativeQuery("select count(*) from seal_finding where check_id = ?1", Long.class)
                .setParameter(1, check)
                .getSingleResult();
    }

    @Transactional
    List<Finding> first(UUID check) {
        return session.createNativeQuery(LIST, Tuple.class)
                .setParameter(1, check)
                .setParameter(2, SHOWN)
                .getResultStream()
                .map(row -> new Finding(
                        Kind.valueOf(row.get(0, String.class)),
                        row.get(1, String.class),
                        row.get(2, UUID.class),
                        row.get(3, String.class),
                        row.get(4, String.class)))
                .toList();
    }
}
