package io.everstate.backup.swap;

import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a restore keeps in its workspace: {@code .everstate/restore-<id>/} with {@code staged/<n>}, {@code previous/<n>},
 * {@code journal.json} (there = changes may have begun) and {@code outcome} (there = no change is made any more). They are written
 * in this order, and removed with the journal first and the outcome last, so that no end of the process leaves a journal without what
 * its undo needs. What an undo must not destroy goes to {@code .everstate/kept-<id>/}, which is never removed. Whoever can write to the
 * workspace can write here too: only real directories are looked into, and which restores there are the catalogue knows.
 */
public final class SwapDirectory {
    private static final String PREFIX = "restore-";
    private static final String KEPT_PREFIX = "kept-";

    private final Disk disk;
    private final JsonFormat json;
    private final Path directory;
    private final UUID restoreId;

    public enum Outcome {
        COMMITTED,
        ROLLED_BACK
    }

    private SwapDirectory(Disk disk, JsonFormat json, Path directory, UUID restoreId) {
        this.disk = disk;
        this.json = json;
        this.directory = directory;
        this.restoreId = restoreId;
    }

    public static SwapDirectory of(Workspace workspace, UUID restoreId, Disk disk, JsonFormat json) {
        return new SwapDirectory(disk, json, workspace.ownDirectory().resolve(PREFIX + restoreId), restoreId);
    }

    /** Those that were left. */
    public static List<SwapDirectory> left(Workspace workspace, Disk disk, JsonFormat json) throws IOException {
        var own = workspace.ownDirectory();
        var found = new ArrayList<SwapDirectory>();
        if (isRealDirectory(own)) {
            try (var children = Files.newDirectoryStream(own, PREFIX + "*")) {
                for (var child : children) {
                    restoreId(child)
                            .filter(_ -> isRealDirectory(child))
                            .ifPresent(id -> found.add(new SwapDirectory(disk, json, child, id)));
                }
            }
        }
        return found;
    }

    /** Whatever else somebody has put there is not ours. */
    private static Optional<UUID> restoreId(Path child) {
        try {
            return Optional.of(UUID.fromString(child.getFileName().toString().substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public UUID restoreId() {
        return restoreId;
    }

    public void create() throws IOException {
        var own = Disk.parent(directory);
        if (!Files.isDirectory(own)) {
            disk.createOwnDirectory(own);
        }
        disk.createOwnDirectory(directory);
        disk.createOwnDirectory(directory.resolve("staged"));
        disk.createOwnDirectory(directory.resolve("previous"));
    }

    /** Whether a file of the workspace can have a second name here; else what is replaced has to be copied. */
    public boolean takesHardLinks() throws IOException {
        var first = directory.resolve("staged").resolve("probe");
        var second = directory.resolve("staged").resolve("probe-2");
        disk.createFile(first).close();
        try {
            disk.link(second, first);
            return true;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false;
        } finally {
            Files.deleteIfExists(second);
            Files.delete(first);
        }
    }

    Path staged(int number) {
        return directory.resolve("staged").resolve(String.valueOf(number));
    }

    Path previous(int number) {
        return directory.resolve("previous").resolve(String.valueOf(number));
    }

    /** Something of that path that an undo may neither delete nor put in its place. */
    void keep(Path source, String reason, String path) throws IOException {
        var target = kept().resolve(reason).resolve(path);
        createOwnDirectories(Disk.parent(target));
        disk.takeAway(source, target);
    }

    private void createOwnDirectories(Path wanted) throws IOException {
        if (!isRealDirectory(wanted)) {
            createOwnDirectories(Disk.parent(wanted));
            disk.createOwnDirectory(wanted);
        }
    }

    /** Where {@link #keep} has put things, relative to the workspace; empty when it had none. */
    public Optional<Path> findKept() {
        var name = kept().getFileName();
        return isRealDirectory(kept())
                ? Optional.of(Path.of(Workspace.OWN_DIRECTORY).resolve(name))
                : Optional.empty();
    }

    private Path kept() {
        return directory.resolveSibling(KEPT_PREFIX + restoreId);
    }

    /** What is staged and what is kept is on disk before it: an undo needs the one to see what was swapped, and puts the other back. */
    void write(Journal journal) throws IOException {
        disk.force(directory.resolve("staged"));
        disk.flush();
        disk.write(directory.resolve("journal.json"), json.write(journal));
    }

    Optional<Journal> findJournal() throws IOException {
        var file = directory.resolve("journal.json");
        return Files.exists(file) ? Optional.of(json.read(Files.readAllBytes(file), Journal.class)) : Optional.empty();
    }

    /** All renames are on disk before it: after it nobody looks at them again. */
    void write(Outcome outcome) throws IOException {
        disk.flush();
        disk.write(directory.resolve("outcome"), json.write(outcome));
    }

    Optional<Outcome> findOutcome() throws IOException {
        var file = directory.resolve("outcome");
        return Files.exists(file) ? Optional.of(json.read(Files.readAllBytes(file), Outcome.class)) : Optional.empty();
    }

    /** Removes all of it; can be repeated after it was cut off. */
    public void remove() throws IOException {
        if (!isRealDirectory(directory)) {
            return;
        }
        disk.delete(directory.resolve("journal.json"));
        for (var name : List.of("staged", "previous")) {
            empty(directory.resolve(name));
        }
        for (var name : List.of("journal.json.new", "outcome.new", "outcome")) {
            disk.delete(directory.resolve(name));
        }
        disk.delete(directory);
    }

    private void empty(Path children) throws IOException {
        if (isRealDirectory(children)) {
            try (var files = Files.newDirectoryStream(children)) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        }
        disk.delete(children);
    }

    /** A link to a directory is none: what it points to may belong to another workspace. */
    private static boolean isRealDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
