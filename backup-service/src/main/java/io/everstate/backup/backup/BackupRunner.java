package io.everstate.backup.backup;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.ManifestFile;
import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.StoredArchive;
import io.everstate.backup.catalogue.WatchedFile;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one backup. The order of writes: archive, manifest, row UPLOADED, and only after all of it was read from the storage again, row
 * COMPLETED with its event. Whatever stops it leaves a row that says RUNNING or UPLOADED and objects whose names follow from the row.
 */
@Singleton
public final class BackupRunner {
    private static final Logger LOG = Logger.getLogger(BackupRunner.class);

    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final ArchiveStore store;
    private final Packings packings;
    private final JsonFormat json;
    private final WorkspaceArchiver archiver;
    private final BackupMetrics metrics;
    private final Clock clock;

    BackupRunner(
            Catalogue catalogue,
            Workspaces workspaces,
            ArchiveStore store,
            Packings packings,
            JsonFormat json,
            WorkspaceArchiver archiver,
            BackupMetrics metrics,
            Clock clock) {
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.store = store;
        this.packings = packings;
        this.json = json;
        this.archiver = archiver;
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
        var running = requested.start(lease.fence());
        catalogue.started(running);
        var taken = run(running, also, lease);
        metrics.ended(taken.backup(), startedAt, clock.instant());
        return taken;
    }

    private Taken run(Running running, Set<String> also, Lease lease) {
        Backup reached = running;
        try {
            var packing = packing(running);
            var manifest = archive(running, also, packing, lease);
            var uploaded = running.uploaded(stored(running, manifest, packing));
            catalogue.uploaded(uploaded);
            reached = uploaded;
            var readBack = readBack(uploaded, packing);
            lease.check();
            var completed = uploaded.readBack(clock.instant());
            catalogue.completed(uploaded, completed, watched(completed, readBack));
            return new Taken(completed, readBack);
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

    private Manifest archive(Running running, Set<String> also, Packing packing, Lease lease) throws IOException {
        var workspace = workspaces.named(running.head().workspace());
        try (var upload = store.begin(running.head().objectNames().archive())) {
            var listing = Listing.of(workspace, running.head().kind(), also);
            var manifest = archiver.write(running, listing, workspace, packing, upload, lease);
            lease.check();
            upload.complete();
            return manifest;
        }
    }

    private StoredArchive stored(Running running, Manifest manifest, Packing packing) {
        var names = running.head().objectNames();
        var manifestSha256 = new ManifestFile(store, packing.encryption(), json).write(names.manifest(), manifest);
        var archive = Objects.requireNonNull(manifest.archive());
        return new StoredArchive(
                names.archive(),
                names.manifest(),
                archive.bytes(),
                archive.sha256(),
                archive.md5(),
                manifestSha256,
                manifest.files());
    }

    /** As a stranger would: the manifest from the storage, then every byte of the archive against it. */
    private Manifest readBack(Uploaded uploaded, Packing packing) throws IOException {
        var archive = uploaded.archive();
        var manifest = new ManifestFile(store, packing.encryption(), json)
                .read(archive.manifestName(), archive.manifestSha256());
        try (var stored = store.open(archive.objectName())) {
            new ArchiveVerifier(packing, json).verify(stored, manifest, ArchiveVerifier.NOWHERE);
        }
        return manifest;
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
            case Completed _, Failed _, Backup.Corrupted _, Backup.Expired _, Backup.Deleted _ ->
                throw new IllegalArgumentException("a finished backup does not fail");
        };
        catalogue.failed(reached, failed);
        return failed;
    }

    private static List<WatchedFile> watched(Completed completed, Manifest manifest) {
        return manifest.entries().stream()
                .filter(entry -> entry.ofWorkspace() && entry.condition() != null)
                .map(entry -> new WatchedFile(
                        completed.head().id(),
                        entry.path(),
                        entry.size(),
                        entry.sha256(),
                        Objects.requireNonNull(entry.condition())))
                .toList();
    }
}
