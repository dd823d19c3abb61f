package io.everstate.backup.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.ArchiveWriter;
import io.everstate.backup.archive.Manifest;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Samples;
import io.everstate.backup.archive.Samples.Stored;
import io.everstate.backup.lease.Lease;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.swap.SwapDirectory.Outcome;
import io.everstate.backup.testing.Leases;
import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A workspace, and an archive that is restored into it, as a whole or step by step; with it, as in a rollback, something goes. */
final class SampleRestore {
    static final UUID ID = UUID.fromString("019aa6a2-0000-7000-8000-000000000009");

    static final String DATABASE = "tradesv3.sqlite";
    private static final String RESTORED_DATABASE = "SQLite format 3\0 restored";
    private static final String ADDED_DATABASE = "SQLite format 3\0 added";

    /**
     * Two files and a database are replaced, the log of the database is taken away with its index, one is new, one is new in a new directory, a link is new; the rest is to
     * stay.
     */
    private static final Stored ARCHIVE = Samples.archive(writer -> {
        Samples.file(writer, ".env", "API_KEY=restored\n");
        // an undo deletes what was new before it puts this back, and a deletion forces the names of its directory
        Samples.file(writer, DATABASE, RESTORED_DATABASE);
        Samples.directory(writer, "empty");
        Samples.file(writer, "logs/bot_state.json", "{\"restored\":true}");
        Samples.file(writer, "logs/old.log", "back again\n");
        Samples.file(writer, "models/v1/weights", "1 2 3");
        Samples.link(writer, "state", "logs/bot_state.json");
    });

    /** A database and a link in directories of their own, and what holds both. */
    private static final Manifest GOING = Samples.archive(writer -> {
                Samples.file(writer, "added/deep/model", ADDED_DATABASE);
                Samples.link(writer, "added/link", "deep/model");
            })
            .manifest();

    private static final List<String> GOING_DIRECTORIES = List.of("added/empty", "added/deep", "added");

    final ScratchWorkspace files;
    final Workspace workspace;
    /** The files as they are before it, and as they are to be after it. */
    final Map<String, String> before;

    final Map<String, String> after;
    final Stored archive = ARCHIVE;

    SampleRestore(Path root) {
        files = ScratchWorkspace.in(root);
        files.write(DATABASE, "SQLite format 3\0 as it was");
        files.write(DATABASE + "-wal", "committed and in no other file");
        files.write(DATABASE + "-shm", "index");
        files.write("added/deep/model", ADDED_DATABASE);
        makeAdded();
        workspace = Workspaces.at(root);
        before = files.content();
        after = new TreeMap<>(before);
        after.put(".env", "API_KEY=restored\n");
        after.put("logs/bot_state.json", "{\"restored\":true}");
        after.put("logs/old.log", "back again\n");
        after.put("models/v1/weights", "1 2 3");
        after.put("state", "-> logs/bot_state.json");
        after.put(DATABASE, RESTORED_DATABASE);
        after.remove(DATABASE + "-wal");
        after.remove(DATABASE + "-shm");
        after.remove("added/deep/model");
        after.remove("added/link");
    }

    private void makeAdded() {
        try {
            Files.createSymbolicLink(files.path("added/link"), Path.of("deep/model"));
            Files.createDirectory(files.path("added/empty"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Removal removal() {
        return new Removal(GOING.entries().stream().filter(Entry::ofWorkspace).toList(), GOING_DIRECTORIES);
    }

    void carryOut(Disk disk, Lease lease) throws IOException {
        var staged = stage(disk);
        var safety = wayBack();
        var journal = staged.prepare(safety);
        staged.perform(journal, safety, lease);
        staged.swap().validate(journal, safety);
        staged.swap().commit();
        assertThat(staged.directory().findOutcome()).contains(Outcome.COMMITTED);
        staged.directory().remove();
    }

    StagedSwap stage(Disk disk) throws IOException {
        var directory = SwapDirectory.of(workspace, ID, disk, Samples.JSON);
        directory.create();
        var staging =
                new Staging(directory, disk, List.copyOf(archive.manifest().entries()));
        new ArchiveVerifier(SamplePackings.GZIP.chosen(), Samples.JSON)
                .verify(new ByteArrayInputStream(archive.archive()), archive.manifest(), staging);
        return new StagedSwap(directory, new Swap(workspace, directory, disk), staging.numbers(), removal());
    }

    /** All is in its place and nothing committed. */
    StagedSwap perform() throws IOException {
        return perform(new Disk());
    }

    StagedSwap perform(Disk disk) throws IOException {
        var staged = stage(disk);
        var safety = wayBack();
        staged.perform(staged.prepare(safety), safety, Leases.held());
        return staged;
    }

    /** What the service does at its start with whatever an end has left. */
    void settleAll(Disk disk) throws IOException {
        for (var left : SwapDirectory.left(workspace, disk, Samples.JSON)) {
            new Swap(workspace, left, disk).settle();
            left.remove();
        }
    }

    /** A safety backup of all that is in the workspace now. */
    WayBack wayBack() {
        return wayBackWithout("");
    }

    WayBack wayBackWithout(String left) {
        return new WayBack(Samples.archive(writer -> {
                    for (var directory : GOING_DIRECTORIES) {
                        Samples.directory(writer, directory);
                    }
                    for (var file : files.content().entrySet()) {
                        if (!file.getKey().equals(left)) {
                            hold(writer, file.getKey(), file.getValue());
                        }
                    }
                })
                .manifest());
    }

    private static void hold(ArchiveWriter writer, String path, String content) throws IOException {
        if (content.startsWith("-> ")) {
            Samples.link(writer, path, content.substring("-> ".length()));
        } else {
            Samples.file(writer, path, content);
        }
    }

    Path kept(String path) {
        return workspace.ownDirectory().resolve("kept-" + ID).resolve(path);
    }
}
