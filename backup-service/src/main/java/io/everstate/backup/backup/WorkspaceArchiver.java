package io.everstate.backup.backup;

import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.Base;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.backup.EntryReader.Read;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.packing.Packing;
import io.everstate.backup.sqlite.DatabaseCopier;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.Spool;
import io.everstate.backup.workspace.StableCopy;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/**
 * Streams a workspace into an archive, one file at a time. What cannot be read fails the backup; a safety backup is the way back from a
 * restore and must not depend on what is broken, so it goes on without, and its manifest says without what.
 */
@Singleton
final class WorkspaceArchiver {
    /** Under which name the state is missed where there is none. */
    static final String STATE = StateFormat.ZSTD.file();

    static final String SNAPSHOT = "snapshot.json";

    private static final Set<BackupKind> WITH_STATE =
            EnumSet.of(BackupKind.FULL, BackupKind.STATE_ONLY, BackupKind.INCREMENTAL);

    private final StateSource states;
    private final ProgressNotes progressNotes;
    private final BackupConfiguration configuration;
    private final DatabaseCopier databases;
    private final JsonFormat json;
    private final Clock clock;

    WorkspaceArchiver(
            StateSource states,
            ProgressNotes progressNotes,
            BackupConfiguration configuration,
            DatabaseCopier databases,
            JsonFormat json,
            Clock clock) {
        this.states = states;
        this.progressNotes = progressNotes;
        this.configuration = configuration;
        this.databases = databases;
        this.json = json;
        this.clock = clock;
    }

    /** @param base of an INCREMENTAL; null of others */
    record Task(
            Running running,
            Workspace workspace,
            Listing listing,
            @Nullable Base base) {}

    Manifest write(Task task, Packing packing, OutputStream target, Lease lease) throws IOException {
        var head = task.running().head();
        var listing = task.listing();
        try (var state = new Spool(configuration.spoolDirectory())) {
            var taken = state(head, state);
            var files = listing.files() + (taken.snapshot() == null ? 0 : 2);
            try (var writer = new ArchiveWriter(target, packing, head.metadata(files), json)) {
                noteOf(head, writer);
                var progress = progressNotes.begin(task.running(), files, listing.bytes() + state.size());
                add(task, read -> {
                    lease.check();
                    progress.add(read.write(writer));
                });
                add(writer, taken, state);
                progress.end();
                return writer.finish(head.objectNames().archive(), task.base());
            }
        }
    }

    private void add(Task task, ReadAhead.Packer<Read> packer) throws IOException {
        var listing = task.listing();
        var copies = new FileCopies(new StableCopy(clock), databases, listing.verbatim());
        var held = Held.of(task.base(), clock.instant());
        var reader = new EntryReader(task.workspace(), task.running().head().safety(), copies, held);
        for (var path : listing.unreadable()) {
            packer.pack(reader.unlisted(path));
        }
        try (var ahead = new ReadAhead<>(reader::read, configuration.spoolDirectory())) {
            ahead.each(listing.entries(), packer);
        }
    }

    private static void noteOf(BackupHead head, ArchiveWriter writer) {
        if (head.link().note() != null) {
            writer.note(Manifest.WORKSPACE, head.link().note());
        }
    }

    /** @param missing why there is no snapshot in an archive that should have one */
    private record State(
            @Nullable SnapshotView snapshot, @Nullable String missing) {}

    private State state(BackupHead head, Spool spool) {
        if (!WITH_STATE.contains(head.kind())) {
            return new State(null, null);
        }
        if (!head.safety()) {
            return new State(states.await(spool), null);
        }
        try {
            return new State(states.tryNow(spool), null);
        } catch (ProblemException | CircuitBreakerOpenException e) {
            return new State(null, "the bots' state could not be had: " + e.getMessage());
        }
    }

    private void add(ArchiveWriter writer, State taken, Spool content) throws IOException {
        if (taken.missing() != null) {
            writer.note(Manifest.EVERSTATE + STATE, taken.missing());
        }
        var snapshot = taken.snapshot();
        if (snapshot == null) {
            return;
        }
        var view = json.write(snapshot);
        var at = snapshot.takenAt();
        writer.file(ArchiveWriter.added(SNAPSHOT, view, at), new ByteArrayInputStream(view));
        writer.file(
                ArchiveWriter.added(StateFormat.of(snapshot).file(), content.size(), content.sha256(), at),
                content.open());
    }
}
