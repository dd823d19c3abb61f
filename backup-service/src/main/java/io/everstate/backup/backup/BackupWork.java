package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.WorkspaceWork;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/** Backups that were asked for, the oldest first. */
@Singleton
final class BackupWork implements WorkspaceWork {
    static final String ENDED = "backup-service ended while it ran";

    private final Catalogue catalogue;
    private final BackupRunner runner;
    private final Clock clock;

    BackupWork(Catalogue catalogue, BackupRunner runner, Clock clock) {
        this.catalogue = catalogue;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 2;
    }

    @Override
    public Set<String> waiting() {
        return catalogue.workspacesWithUnfinished();
    }

    @Override
    public void mend(String workspace, Lease lease) {
        for (var interrupted : catalogue.interrupted(workspace, lease.fence())) {
            BackupRunner.fail(interrupted, ENDED, catalogue, clock);
        }
    }

    @Override
    public boolean runNext(String workspace, Lease lease) {
        var next = catalogue.nextRequested(workspace);
        next.ifPresent(requested -> runner.run(requested, lease));
        return next.isPresent();
    }
}
