package io.everstate.backup.restore.diff;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.workspace.Listing;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.RestoreDifference;
import io.everstate.contracts.backup.RestoreDifference.Effect;
import io.everstate.contracts.backup.RestoreDifference.Side;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A workspace as it is beside what a restore would make of it. Reads all that the archive holds and the workspace has; writes nothing. */
public final class Comparison {
    private final Workspace workspace;
    private final Set<String> restored;
    private final Set<String> written;
    private final TreeMap<String, RestoreDifference> found = new TreeMap<>();

    private Comparison(Workspace workspace, List<Entry> wanted, Set<String> written) {
        this.workspace = workspace;
        this.written = written;
        this.restored = wanted.stream().map(Entry::path).collect(toSet());
    }

    /**
     * @param wanted entries that would be restored, each of which has a safe place in the workspace
     * @param removal what goes without another in its place
     * @param written paths of what would be replaced though it was written since
     * @param asked which files of the workspace are among what was asked for
     *
     * @return by path; of directories that the archive does not hold nothing is said
     */
    public static Collection<RestoreDifference> of(
            Workspace workspace, List<Entry> wanted, Removal removal, Set<String> written, Predicate<String> asked)
            throws IOException {
        var comparison = new Comparison(workspace, wanted, written);
        for (var entry : wanted) {
            comparison.compare(entry);
        }
        for (var entry : removal.files()) {
            comparison.removed(entry.path());
        }
        for (var directory : removal.directories()) {
            comparison.removed(directory);
        }
        if (Files.isDirectory(workspace.root())) {
            comparison.untouched(asked);
        }
        return comparison.found.values();
    }

    private void compare(Entry entry) throws IOException {
        var place = workspace.root().resolve(entry.path());
        var present = Sides.present(place);
        var after = Sides.restored(entry);
        var effect = effect(present, after);
        add(
                entry.path(),
                effect == Effect.CHANGED && written.contains(entry.path()) ? Effect.WRITTEN : effect,
                present.orElse(null),
                after);
        if (isDatabase(entry, place)) {
            for (var suffix : SqliteFiles.SUFFIXES) {
                leftover(entry.path() + suffix);
            }
        }
    }

    /** Of a directory that is there a restore changes nothing. */
    private static Effect effect(Optional<Side> present, Side after) {
        if (present.isEmpty()) {
            return Effect.ADDED;
        }
        var directories =
                present.get().type().equals(after.type()) && after.type().equals(EntryType.DIRECTORY.name());
        return directories || present.get().equals(after) ? Effect.SAME : Effect.CHANGED;
    }

    private static boolean isDatabase(Entry entry, Path place) throws IOException {
        try {
            return entry.database() != null
                    || (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS) && SqliteFiles.isDatabase(place));
        } catch (AccessDeniedException e) {
            return false; // as for the restore, which will not replace it
        }
    }

    private void leftover(String path) throws IOException {
        var place = workspace.root().resolve(path);
        if (!restored.contains(path) && Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            add(path, Effect.TAKEN_AWAY, Sides.present(place).orElse(null), null);
        }
    }

    private void removed(String path) throws IOException {
        var present = Sides.present(workspace.root().resolve(path));
        present.ifPresent(side -> add(path, Effect.REMOVED, side, null));
    }

    private void untouched(Predicate<String> asked) throws IOException {
        for (var entry :
                Listing.of(workspace.withoutExcludes(), BackupKind.FULL).entries()) {
            var path = entry.path();
            if (!entry.directory() && !restored.contains(path) && !found.containsKey(path) && asked.test(path)) {
                Sides.unread(workspace.root().resolve(path)).ifPresent(side -> add(path, Effect.UNTOUCHED, side, null));
            }
        }
    }

    private void add(String path, Effect effect, @Nullable Side present, @Nullable Side after) {
        found.put(path, new RestoreDifference(path, effect, present, after));
    }
}
