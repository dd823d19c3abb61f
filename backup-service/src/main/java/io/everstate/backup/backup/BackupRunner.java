package io.everstate.backup.backup;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.backup.BackupStarts.Started;
import io.everstate.backup.backup.WorkspaceArchiver.Task;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.SeenObjects;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one backup. The order of writes: archive, manifest, row UPLOADED, and only after all of it was read from the storage again, its
 * seal and row COMPLETED with its event. Whatever stops it leaves a row that says RUNNING or UPLOADED and objects whose names follow from the row.
 */
@Singleton
public final class BackupRunner {
    private static final Logger LOG = Logger.getLogger(BackupRunner.class);

    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final BackupStarts starts;
    private final ArchiveObjects objects;
    private final Packings packings;
    private final WorkspaceArchiver archiver;
    private final SeenObjects seen;
    private final Completion completion;
    private final BackupMetrics metrics;
    private final Clock clock;

    BackupRunner(
            Catalogue catalogue,
            Workspaces workspaces,
            BackupStarts starts,
            ArchiveObjects objects,
            Packings packings,
            WorkspaceArchiver archiver,
            SeenObjects seen,
            Completion completion,
            BackupMetrics metrics,
            Clock clock) {
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.starts = starts;
        this.objects = objects;
        this.packings = packings;
        this.archiver = archiver;
        this.seen = seen;
        this.completion = completion;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * How it ended.
     *
     * @param backup {@link Completed} or {@link Failed}, as the catalogue has it
     * @param manifest of a completed one, as the storage gave it back
     */
    public record Taken(Backup backup, @Nullable Manifest manifest) {}

    /** @throws LeaseLostException when it is another's work now */
    public Taken run(Requested requested, Lease lease) {
        return run(requested, Set.of(), lease);
    }

    /** @param also paths that it holds whatever its kind selects and the configuration excludes, if they are there */
    public Taken run(Requested requested, Set<String> also, Lease lease) {
        var startedAt = clock.instant();
        var taken = start(requested, also, lease);
        metrics.ended(taken.backup(), startedAt, clock.instant());
        return taken;
    }

    private Taken start(Requested requested, Set<String> also, Lease lease) {
        Started started;
        try {
            started = starts.start(requested, lease);
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            return fail(requested, e.detail());
        }
        return run(started, also, lease);
    }

    private Taken run(Started started, Set<String> also, Lease lease) {
        var running = started.running();
        Backup reached = running;
        try {
            var packing = packing(running);
            var uploaded = upload(started, also, packing, lease);
            reached = uploaded;
            var versions = seen.listed(uploaded.archive());
            var readBack = objects.readBack(uploaded, packing);
            seen.wellAs(uploaded.head().id(), versions);
            return new Taken(completion.complete(uploaded, readBack, lease), readBack);
        } catch (LeaseLostException | PersistenceException e) {
            throw e;
        } catch (ProblemException e) {
            return fail(reached, e.detail());
        } catch (IOException e) {
            return fail(reached, "the workspace cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Backup %s met a defect", running.head().id());
            return fail(reached, "a defect of the service: " + e.getClass().getSimpleName());
        }
    }

    private Packing packing(Running running) {
        try {
            return packings.toTake(running.head().objectNames().archive());
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The manifest is not held any longer than that: it is read back, too. */
    private Uploaded upload(Started started, Set<String> also, Packing packing, Lease lease) throws IOException {
        var running = started.running();
        var manifest = archive(started, also, packing, lease);
        var uploaded = running.uploaded(objects.writeManifest(running, manifest, packing));
        catalogue.uploaded(uploaded);
        return uploaded;
    }

    private Manifest archive(Started started, Set<String> also, Packing packing, Lease lease) throws IOException {
        var running = started.running();
        var workspace = workspaces.named(running.head().workspace());
        var listing = Listing.of(workspace, running.head().kind(), also);
        try (var upload = objects.begin(running, listing.bytes())) {
            var manifest =
                    archiver.write(new Task(running, workspace, listing, started.base()), packing, upload, lease);
            lease.check();
            upload.complete();
            return manifest;
        }
    }

    private Taken fail(Backup reached, String reason) {
        LOG.warnf("Backup %s failed: %s", reached.head().id(), reason);
        return new Taken(fail(reached, reason, catalogue, clock), null);
    }

    static Failed fail(Backup reached, String reason, Catalogue catalogue, Clock clock) {
        var now = clock.instant();
        var failed = switch (reached) {
            case Requested requested -> requested.fail(reason, now);
            case Running running -> running.fail(reason, now);
            case Uploaded uploaded -> uploaded.fail(reason, now);
            case Backup.Found _, Completed _, Failed _, Backup.Corrupted _, Backup.Expired _, Backup.Deleted _ ->
                throw new IllegalArgumentException("a finished backup does not fail");
        };
        catalogue.failed(reached, failed);
        return failed;
    }
}
