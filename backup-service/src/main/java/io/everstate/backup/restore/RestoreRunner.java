package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.swap.Disk;
import io.everstate.backup.swap.Swap;
import io.everstate.backup.swap.SwapDirectory;
import io.everstate.backup.swap.UnsafeArchiveException;
import io.everstate.backup.swap.WorkspaceLock;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
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
import java.util.UUID;
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
    private final Catalogue catalogue;
    private final ArchiveStaging staging;
    private final SafetyBackups safetyBackups;
    private final JsonFormat json;
    private final Disk disk = new Disk();

    RestoreRunner(
            Restores restores,
            Workspaces workspaces,
            Catalogue catalogue,
            ArchiveStaging staging,
            SafetyBackups safetyBackups,
            JsonFormat json) {
        this.restores = restores;
        this.workspaces = workspaces;
        this.catalogue = catalogue;
        this.staging = staging;
        this.safetyBackups = safetyBackups;
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
        return run(order, workspace.get(), lease);
    }

    private Status run(RestoreOrder order, Workspace workspace, Lease lease) {
        var directory = SwapDirectory.of(workspace, order.id(), disk, json);
        try (var _ = WorkspaceLock.take(workspace)) {
            var end = attempt(order, workspace, directory, lease);
            directory.remove();
            return end;
        } catch (UnsafeArchiveException e) {
            restores.failed(order.id(), lease.fence(), Status.FAILED, e.detail());
            return Status.FAILED;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the restore could not be ended and will be: " + e.getMessage(), e);
        }
    }

    private Status attempt(RestoreOrder order, Workspace workspace, SwapDirectory directory, Lease lease)
            throws IOException {
        try {
            directory.create();
            restore(order, workspace, directory, lease);
            restores.completed(order.id(), lease.fence());
            return Status.COMPLETED;
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (ProblemException e) {
            return giveUp(order, workspace, directory, lease, e.detail());
        } catch (IOException e) {
            return giveUp(order, workspace, directory, lease, "the workspace cannot be written: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Restore %s met a defect", order.id());
            return giveUp(
                    order,
                    workspace,
                    directory,
                    lease,
                    "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private void restore(RestoreOrder order, Workspace workspace, SwapDirectory directory, Lease lease)
            throws IOException {
        restores.step(order.id(), lease.fence(), Step.VERIFYING);
        var staged = staging.stage(completed(order.backupId()), order, directory, disk);
        restores.step(order.id(), lease.fence(), Step.SAFETY_BACKUP);
        var swap = new Swap(workspace, directory, disk);
        var safety = safetyBackups.take(workspace.name(), order.backupId(), swap.replaced(staged), lease);
        lease.check();
        var journal = swap.prepare(staged, safety.wayBack());
        restores.prepared(order.id(), lease.fence(), safety.backupId(), files(staged));
        swap.perform(journal, staged, safety.wayBack(), lease);
        restores.step(order.id(), lease.fence(), Step.VALIDATING);
        swap.validate(journal, safety.wayBack());
        swap.commit();
    }

    private Completed completed(UUID backupId) {
        return switch (catalogue.findBackup(backupId).orElse(null)) {
            case Completed completed -> completed;
            case Backup.Corrupted corrupted ->
                throw new ProblemException(ProblemType.CORRUPT, "the backup is corrupted: " + corrupted.what());
            case null, default -> throw new ProblemException(ProblemType.CONFLICT, "the backup is not completed");
        };
    }

    private static List<String> files(Map<Entry, Integer> staged) {
        return staged.keySet().stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY)
                .map(Entry::path)
                .toList();
    }

    private Status giveUp(RestoreOrder order, Workspace workspace, SwapDirectory directory, Lease lease, String why)
            throws IOException {
        LOG.warnf("Restore %s failed: %s", order.id(), why);
        var undone = new Swap(workspace, directory, disk).settle();
        var status = undone.isPresent() ? Status.ROLLED_BACK : Status.FAILED;
        restores.failed(order.id(), lease.fence(), status, why + RestoreWork.kept(directory));
        return status;
    }
}
