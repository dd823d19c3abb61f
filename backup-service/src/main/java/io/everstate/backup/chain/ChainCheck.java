package io.everstate.backup.chain;

import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Deleted;
import io.everstate.backup.catalogue.Backup.Expired;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.Chains;
import io.everstate.backup.store.ArchiveStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Whether all that a backup needs is there. */
@Singleton
public final class ChainCheck {
    private final Chains chains;
    private final ArchiveStore store;

    ChainCheck(Chains chains, ArchiveStore store) {
        this.chains = chains;
        this.store = store;
    }

    /**
     * The backup and all that it needs, the oldest first: completed ones whose objects are in the storage, with as many bytes as were
     * written. Their content is not read.
     *
     * @throws BrokenChainException naming the first of which that is not so
     */
    public List<Completed> present(UUID id) {
        var present = new ArrayList<Completed>();
        for (var member : chains.of(id)) {
            present.add(completed(member));
        }
        present.forEach(this::checkObjects);
        return present;
    }

    private static Completed completed(Backup member) {
        return switch (member) {
            case Completed completed -> completed;
            case Corrupted _ -> throw broken(member, "is corrupted");
            case Expired _, Deleted _ -> throw broken(member, "was given up");
            case Requested _, Running _, Uploaded _, Found _, Failed _ -> throw broken(member, "is not completed");
        };
    }

    private static BrokenChainException broken(Backup member, String fate) {
        return new BrokenChainException(
                "backup %s of its chain %s".formatted(member.head().id(), fate), null);
    }

    private void checkObjects(Completed member) {
        var archive = member.archive();
        var stored = store.find(archive.objectName());
        if (stored.isEmpty() || stored.get().bytes() != archive.bytes()) {
            throw missing(member, "the archive %s".formatted(archive.objectName()));
        }
        if (store.find(archive.manifestName()).isEmpty()) {
            throw missing(member, "the manifest %s".formatted(archive.manifestName()));
        }
    }

    private static BrokenChainException missing(Completed member, String what) {
        return new BrokenChainException(
                "%s of backup %s of its chain is not in the storage as it was written"
                        .formatted(what, member.head().id()),
                null);
    }
}
