package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.restore.Preparations.Target;
import io.everstate.backup.restore.validation.RestoredFiles;
import io.everstate.backup.swap.Disk;
import io.everstate.backup.swap.Staging;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.SwapDirectory;
import io.everstate.backup.swap.UnsafeArchiveException;
import io.everstate.backup.swap.WorkspaceLock;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.RestoreReport.Finding;
import io.everstate.contracts.backup.RestoreReport.Validation;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.backup.RestoreView.Step;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Carries out one restore: the archive is verified while it is staged, the workspace is backed up, then the files are swapped, checked and
 * committed. Until the swap nothing in the workspace has changed; from the swap on every failure puts back what was there.
 */
@Singleton
class RestoreRunner {
    private static final Logger LOG = Logger.getLogger(RestoreRunner.class);

    private final Restores restores;
    private final Workspaces workspaces;
    private final Preparations preparations;
    private final DryRuns dryRuns;
    private final ElsewhereRuns elsewhere;
    private final SafetyBackups safetyBackups;
    private final RestoredFiles restoredFiles;
    private final JsonFormat json;

    RestoreRunner(
            Restores restores,
            Workspaces workspaces,
            Preparations preparations,
            DryRuns dryRuns,
            ElsewhereRuns elsewhere,
            SafetyBackups safetyBackups,
            RestoredFiles restoredFiles,
            JsonFormat json) {
        this.restores = restores;
        this.workspaces = workspaces;
        this.preparations = preparations;
        this.dryRuns = dryRuns;
        this.elsewhere = elsewhere;
        this.safetyBackups = safetyBackups;
        this.restoredFiles = restoredFiles;
        this.json = json;
    }

    /** @return how it ended */
    Status run(RestoreOrder order, Lease lease) {
        restores.take(order.id(), lease.fence());
        var workspace = workspaces.find(order.workspace());
        if (workspace.isEmpty()) {
            restores.failed(order.id(), lease.fence(), Status.FAILED, "its workspace is not configured any more");
            return Status.FAILED;
        }
        if (order.options().dryRun()) {
            return dryRuns.run(order, workspace.get(), lease);
        }
        return order.options().to() == null
                ? run(order, workspace.get(), lease)
                : elsewhere.run(order, workspace.get(), lease);
    }

    private Status run(RestoreOrder order, Workspace workspace, Lease lease) {
        WorkspaceLock lock;
        try {
            lock = WorkspaceLock.take(workspace);
        } catch (UnsafeArchiveException e) {
            return refuse(order, lease, e.detail());
        } catch (IOException e) {
            return refuse(order, lease, "the workspace cannot be written: " + e.getMessage());
        }
        return run(order, workspace, lock, lease);
    }

    private Status refuse(RestoreOrder order, Lease lease, String why) {
        restores.failed(order.id(), lease.fence(), Status.FAILED, why);
        return Status.FAILED;
    }

    /** What one restore works with. */
    private record Place(Workspace workspace, SwapDirectory directory, Disk disk, Swap swap) {}

    private Status run(RestoreOrder order, Workspace workspace, WorkspaceLock lock, Lease lease) {
        try (lock;
                var disk = Disk.at(workspace.root())) {
            var directory = SwapDirectory.of(workspace, order.id(), disk, json);
            var place = new Place(workspace, directory, disk, new Swap(workspace, directory, disk));
            var end = attempt(order, place, lease);
            directory.remove();
            return end;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the restore could not be ended and will be: " + e.getMessage(), e);
        }
    }

    private Status attempt(RestoreOrder order, Place place, Lease lease) throws IOException {
        try {
            place.directory().create();
            restore(order, place, lease);
            return restores.completed(order.id(), lease.fence());
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (ProblemException e) {
            return giveUp(order, place, lease, e.detail());
        } catch (IOException e) {
            return giveUp(order, place, lease, "the workspace cannot be written: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Restore %s met a defect", order.id());
            return giveUp(
                    order,
                    place,
                    lease,
                    "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private void restore(RestoreOrder order, Place place, Lease lease) throws IOException {
        var checked = preparations.begin(order, lease);
        var directory = place.directory();
        var workspace = place.workspace();
        var target = new Target(
                workspace, directory.takesHardLinks(), wanted -> new Staging(directory, place.disk(), wanted));
        var prepared = preparations.prepare(order, workspace, target, checked);
        var staged = prepared.staged();
        var removal = prepared.removal();
        checked.overwrites(prepared.replacements().written());
        restores.step(order.id(), lease.fence(), Step.SAFETY_BACKUP);
        var swap = place.swap();
        var safety = safetyBackups.take(workspace.name(), order.backupId(), swap.replaced(staged, removal), lease);
        lease.check();
        if (!order.options().overwriteWritten()) {
            prepared.replacements().checkStill(safety.wayBack());
        }
        var journal = swap.prepare(staged, removal, safety.wayBack());
        restores.prepared(order.id(), lease.fence(), safety.backupId(), files(staged));
        swap.perform(journal, staged, safety.wayBack(), lease);
        restores.step(order.id(), lease.fence(), Step.VALIDATING);
        validate(order, checked, restoredFiles.validate(workspace, staged.keySet()));
        lease.check();
        swap.validate(journal, safety.wayBack());
        swap.commit();
    }

    /** @throws ProblemException CORRUPT when something that was restored is not sound, and that is to undo it */
    static void validate(RestoreOrder order, Checked checked, Validation validation) {
        checked.found(validation);
        var unsound = validation.findings().stream()
                .filter(Finding::restored)
                .map(finding -> finding.path() + ": " + finding.explanation())
                .toList();
        if (order.options().rollbackOnInvalid() && !unsound.isEmpty()) {
            throw new ProblemException(
                    ProblemType.CORRUPT, "what was restored is not sound, %s".formatted(String.join("; ", unsound)));
        }
    }

    static List<String> files(Map<Entry, Integer> staged) {
        return staged.keySet().stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY)
                .map(Entry::path)
                .toList();
    }

    private Status giveUp(RestoreOrder order, Place place, Lease lease, String why) throws IOException {
        LOG.warnf("Restore %s failed: %s", order.id(), why);
        var undone = place.swap().settle();
        var status = undone.isPresent() ? Status.ROLLED_BACK : Status.FAILED;
        restores.failed(order.id(), lease.fence(), status, why + RestoreWork.kept(place.directory()));
        return status;
    }
}
