package io.everstate.backup.backup;

import io.everstate.backup.archive.Base;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.chain.Bases;
import io.everstate.backup.chain.Bases.Settled;
import io.everstate.backup.lease.Lease;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Begins a backup: what it is built upon is settled before its row says RUNNING, for its objects' names follow from that. */
@Singleton
final class BackupStarts {
    private final Bases bases;
    private final Catalogue catalogue;
    private final BackupConfiguration configuration;

    BackupStarts(Bases bases, Catalogue catalogue, BackupConfiguration configuration) {
        this.bases = bases;
        this.catalogue = catalogue;
        this.configuration = configuration;
    }

    /** @param base of an INCREMENTAL; null of others */
    record Started(Running running, @Nullable Base base) {}

    /** @throws ProblemException when what it is built upon cannot be seen now; then its row says REQUESTED still */
    Started start(Requested requested, Lease lease) {
        var head = requested.head();
        var settled = head.kind() == BackupKind.INCREMENTAL
                ? bases.settle(head, configuration.fullAfter())
                : new Settled(head, null);
        var running = requested.settled(settled.head()).start(lease.fence());
        catalogue.started(running);
        return new Started(running, settled.base());
    }
}
