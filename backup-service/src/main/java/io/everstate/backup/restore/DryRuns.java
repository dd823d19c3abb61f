package io.everstate.backup.restore;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.restore.check.RestoreChecks;
import io.everstate.backup.restore.diff.Comparison;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.backup.RestoreView.Step;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import org.jboss.logging.Logger;

/** Restores that change nothing: all is checked, read and verified as for a restore, and compared with what is there. */
@Singleton
class DryRuns {
    private static final Logger LOG = Logger.getLogger(DryRuns.class);

    private final Restores restores;
    private final ArchiveStaging staging;
    private final RestoreChecks checks;
    private final Differences differences;

    DryRuns(Restores restores, ArchiveStaging staging, RestoreChecks checks, Differences differences) {
        this.restores = restores;
        this.staging = staging;
        this.checks = checks;
        this.differences = differences;
    }

    /** @return how it ended */
    Status run(RestoreOrder order, Workspace workspace, Lease lease) {
        try {
            look(order, workspace, lease);
            restores.looked(order.id(), lease.fence());
            return Status.COMPLETED;
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (ProblemException e) {
            return failed(order, lease, e.detail());
        } catch (IOException e) {
            return failed(order, lease, "the workspace cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Dry run %s met a defect", order.id());
            return failed(
                    order, lease, "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private Status failed(RestoreOrder order, Lease lease, String why) {
        restores.failed(order.id(), lease.fence(), Status.FAILED, why);
        return Status.FAILED;
    }

    /** Whether files there can have second names is not tried, since that would write: it is taken for granted. */
    private void look(RestoreOrder order, Workspace workspace, Lease lease) throws IOException {
        restores.step(order.id(), lease.fence(), Step.VERIFYING);
        var checked = new Checked(restores, order, lease);
        var backup = staging.completed(order.backupId());
        var manifest = checked.key(() -> staging.manifest(backup));
        var wanted = Selection.of(manifest, order.paths());
        checked.add(checks.of(manifest, wanted, workspace, true));
        checked.content(() -> staging.stage(backup, manifest, Staging.nowhere(wanted)));
        lease.check();
        var found = Comparison.of(workspace, wanted, path -> Selection.names(order.paths(), path));
        differences.add(order.id(), found);
        checked.found(found.stream().collect(groupingBy(RestoreDifference::effect, counting())));
    }
}
