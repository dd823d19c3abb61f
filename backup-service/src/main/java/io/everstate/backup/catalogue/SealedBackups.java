package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.seal.Seal.SealedBackup;
import io.everstate.backup.seal.Seals;
import io.everstate.contracts.backup.BackupView.Status;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** What the catalogue knows of backups, as their seals say it. */
@Singleton
public class SealedBackups implements PanacheRepositoryBase<BackupRow, UUID> {
    /** Some of each workspace: one of which none can be sealed holds up no other. */
    private static final String UNSEALED = """
            select unsealed.id
              from (select b.id, row_number() over (partition by b.workspace order by b.id) as place
                      from backup b where b.status = 'COMPLETED'
                       and not exists (select 1 from seal s where s.backup_id = b.id and s.act = 'STORED')) unsealed
             where unsealed.place <= 100 order by unsealed.id""";

    /** Of a row b: its objects may go, since no seal says that they are there, or the bucket has the one that says that they may be missing. */
    static final String MAY_BE_MISSING = """
            not exists (select 1 from seal s where s.backup_id = b.id and s.act = 'STORED'
               and not exists (select 1 from seal r where r.backup_id = b.id and r.act = 'REMOVED' and r.stored))""";

    private static final String REMOVED = """
            select b.id from backup b where coalesce(b.expired_at, b.finished_at) > ?1
               and exists (select 1 from seal s where s.backup_id = b.id and s.act = 'REMOVED' and s.stored)""";

    private static final String COMPLETED_NOW =
            "select b.id from backup b where b.id = ?1 and b.status = 'COMPLETED' for update skip locked";

    private final Seals seals;
    private final Session session;

    SealedBackups(Seals seals, Session session) {
        this.seals = seals;
        this.session = session;
    }

    public static SealedBackup of(BackupHead head, StoredArchive archive) {
        return new SealedBackup(
                head.id(),
                head.kind(),
                archive.objectName(),
                archive.bytes(),
                archive.sha256(),
                archive.manifestName(),
                archive.manifestSha256());
    }

    /** Those of which the bucket has a seal that says that they may be missing, and that ended after that time. */
    @Transactional
    public List<UUID> removed(Instant since) {
        return session.createNativeQuery(REMOVED, UUID.class)
                .setParameter(1, since)
                .getResultList();
    }

    /** Completed backups of before there were seals, and of a bucket that has none: of each workspace some, the oldest first. */
    @Transactional
    public List<Completed> unsealed() {
        return session.createNativeQuery(UNSEALED, UUID.class)
                .getResultStream()
                .map(this::findById)
                .filter(row -> row.status == Status.COMPLETED)
                .map(row -> (Completed) row.backup())
                .toList();
    }

    /**
     * Unless it was given up meanwhile, or somebody is about to: the row is held, so that whoever gives it up sees its seal. The chain is held before it and for
     * no row is waited: a clean-up holds its rows and waits for the chain.
     */
    @Transactional
    public void seal(Completed completed) {
        var head = completed.head();
        seals.hold(head.workspace());
        var row = session.createNativeQuery(COMPLETED_NOW, UUID.class)
                .setParameter(1, head.id())
                .getSingleResultOrNull();
        if (row != null) {
            seals.stored(head.workspace(), of(head, completed.archive()));
        }
    }
}
