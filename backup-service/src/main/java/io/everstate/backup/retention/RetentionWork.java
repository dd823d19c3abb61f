package io.everstate.backup.retention;

import io.everstate.backup.bucket.DeletionGuard;
import io.everstate.backup.bucket.DeletionGuard.Permission;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.WorkspaceWork;
import io.everstate.backup.seal.SealUptake;
import io.everstate.backup.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Clean-ups that were asked for, the oldest first. One is a single transaction: nothing can be left half done. */
@Singleton
class RetentionWork implements WorkspaceWork {
    private static final Logger LOG = Logger.getLogger(RetentionWork.class);

    private final RetentionRuns runs;
    private final DeletionGuard guard;
    private final SealUptake seals;

    RetentionWork(RetentionRuns runs, DeletionGuard guard, SealUptake seals) {
        this.runs = runs;
        this.guard = guard;
        this.seals = seals;
    }

    @Override
    public int order() {
        return 3;
    }

    @Override
    public Set<String> waiting() {
        return runs.workspacesWaiting();
    }

    @Override
    public void mend(String workspace, Lease lease) {
        // see above
    }

    @Override
    public boolean runNext(String workspace, Lease lease) {
        var next = runs.nextWaiting(workspace);
        try {
            next.ifPresent(id -> execute(workspace, id, lease));
            return next.isPresent();
        } catch (StoreUnavailableException e) {
            LOG.debugf("The clean-up of %s waits for the storage: %s", workspace, e.detail());
            return false;
        }
    }

    /** Nothing is given up of which no seal could say so. */
    private void execute(String workspace, UUID id, Lease lease) {
        var refusal = seals.takeUp(workspace).refusal();
        runs.execute(id, refusal == null ? guard.ask() : new Permission(refusal, Set.of()), lease);
    }
}
