package io.everstate.backup.restore;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.restore.Preparations.Target;
import io.everstate.backup.restore.diff.Comparison;
import io.everstate.backup.restore.elsewhere.OtherPlaces;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** Restores that change nothing: all is checked, read and verified as for a restore, and compared with what is there. */
@Singleton
class DryRuns {
    private static final Logger LOG = Logger.getLogger(DryRuns.class);

    private final Restores restores;
    private final Preparations preparations;
    private final OtherPlaces places;
    private final Differences differences;

    DryRuns(Restores restores, Preparations preparations, OtherPlaces places, Differences differences) {
        this.restores = restores;
        this.preparations = preparations;
        this.places = places;
        this.differences = differences;
    }

    /** @return how it ended */
    Status run(RestoreOrder order, Workspace workspace, Lease lease) {
        try {
            look(order, workspace, lease);
            return restores.completed(order.id(), lease.fence());
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
        var checked = preparations.begin(order, lease);
        var to = order.options().to();
        var place = to == null ? workspace : places.of(to, order.id()).asWorkspace(workspace);
        var prepared = preparations.prepare(order, workspace, new Target(place, true, Staging::nowhere), checked);
        lease.check();
        var found = Comparison.of(
                place,
                List.copyOf(prepared.staged().keySet()),
                prepared.removal(),
                Set.copyOf(prepared.replacements().written()),
                path -> Selection.names(order, workspace, path));
        differences.add(order.id(), found);
        checked.found(found.stream().collect(groupingBy(RestoreDifference::effect, counting())));
        checked.overwrites(prepared.replacements().written());
    }
}
