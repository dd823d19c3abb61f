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
import io.everstate.backup.store.ArchiveStore;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;

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
    private final JsonFormat json;
    private final WorkspaceArchiver archiver;
    private final BackupMetrics metrics;
    private final Clock clock;

    BackupRunner(
            Catalogue catalogue,
            Workspaces workspaces,
            ArchiveStore store,
            JsonFormat json,
            WorkspaceArchiver archiver,
            BackupMetrics metrics,
            Clock clock) {
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.store = store;
        this.json = json;
        this.archiver = archiver;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * @return {@link Completed} or {@link Failed}, as the catalogue has it
     *
     * @throws LeaseLostException when it is another's work now
     */
    public Backup run(Requested requested, Lease lease) {
        return run(requested, Set.of(), lease);
    }

    /** @param also paths that it holds whatever its kind selects and the configuration excludes, if they are there */
    public Backup run(Requested requested, Set<String> also, Lease lease) {
        var startedAt = clock.instant();
        var running = requested.start(lease.fence());
        catalogue.started(running);
        var end = run(running, also, lease);
        metrics.ended(end, startedAt, clock.instant());
        return end;
    }

    private Backup run(Running running, Set<String> also, Lease lease) {
        Backup reached = running;
        try {
            var manifest = archive(running, also, lease);
            var uploaded = running.uploaded(stored(running, manifest));
            catalogue.uploaded(uploaded);
            reached = uploaded;
            readBack(uploaded);
            lease.check();
            var completed = uploaded.readBack(clock.instant());
            catalogue.completed(uploaded, completed, watched(completed, manifest));
            return completed;
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

    private Manifest archive(Running running, Set<String> also, Lease lease) throws IOException {
        var workspace = workspaces.named(running.head().workspace());
        try (var upload = store.begin(running.head().objectNames().archive())) {
            var manifest = archiver.write(
                    running, Listing.of(workspace, running.head().kind(), also), workspace, upload, lease);
            lease.check();
            upload.complete();
            return manifest;
        }
    }

    private StoredArchive stored(Running running, Manifest manifest) {
        var names = running.head().objectNames();
        var manifestSha256 = new ManifestFile(store, json).write(names.manifest(), manifest);
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
    private void readBack(Uploaded uploaded) throws IOException {
        var archive = uploaded.archive();
        var manifest = new ManifestFile(store, json).read(archive.manifestName(), archive.manifestSha256());
        try (var stored = store.open(archive.objectName())) {
            new ArchiveVerifier(json).verify(stored, manifest, ArchiveVerifier.NOWHERE);
        }
    }

    private Failed fail(Backup reached, String reason) {
        LOG.warnf("Backup %s failed: %s", reached.head().id(), reason);
        return fail(reached, reason, catalogue, clock);
    }

    static Failed fail(Backup reached, String reason, Catalogue catalogue, Clock clock) {
        var now = clock.instant();
        var failed = switch (reached) {
            case Requested requested -> requested.fail(reason, now);
            case Running running -> running.fail(reason, now);
            case Uploaded uploaded -> uploaded.fail(reason, now);
            case Completed _, Failed _, Backup.Corrupted _ ->
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
