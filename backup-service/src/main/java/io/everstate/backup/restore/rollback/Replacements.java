package io.everstate.backup.restore.rollback;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.swap.WayBack;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What stands where something comes back, as it is there now.
 *
 * @param untouched all that is there as it was restored, also where nothing comes back: a log may have been added to a database that was replaced
 * @param databases paths of databases among it
 * @param written paths of what comes back and would replace what was written since
 */
public record Replacements(List<Entry> untouched, Set<String> databases, List<String> written) {
    public static final Replacements NONE = new Replacements(List.of(), Set.of(), List.of());

    public Replacements {
        untouched = List.copyOf(untouched);
        databases = Set.copyOf(databases);
        written = List.copyOf(written);
    }

    /**
     * @param returning by path
     * @param put what the restore put there, by path; it took the rest of what returns away
     */
    static Replacements in(Workspace workspace, List<Entry> returning, Map<String, Entry> put, Set<String> databases)
            throws IOException {
        var gone = returning.stream()
                .filter(entry -> entry.type() != EntryType.DIRECTORY && !put.containsKey(entry.path()))
                .map(Entry::path)
                .toList();
        var since = Written.since(workspace, List.copyOf(put.values()), gone, databases);
        var written = new ArrayList<String>();
        for (var entry : returning) {
            if (since.holds(entry.path()) && !isBack(workspace, entry, since)) {
                written.add(entry.path());
            }
        }
        var untouched = since.there().stream()
                .filter(entry -> !since.holds(entry.path()))
                .toList();
        return new Replacements(untouched, databases, written);
    }

    /** Somebody has put it back by hand. */
    private static boolean isBack(Workspace workspace, Entry entry, Written since) throws IOException {
        return since.isAlone(entry.path()) && Written.isAs(workspace, entry);
    }

    /**
     * What was written after it was looked at is in the safety backup and nowhere else once it is replaced, and nobody was told.
     *
     * @throws ProblemException CONFLICT naming it
     */
    public void checkStill(WayBack safety) {
        var paths = untouched.stream().map(Entry::path).collect(toSet());
        for (var entry : untouched) {
            if (safety.find(entry.path()).filter(held -> !isSame(held, entry)).isPresent()
                    || isOpened(entry.path(), paths, safety)) {
                throw new ProblemException(
                        ProblemType.CONFLICT, "%s was written while it was to be replaced".formatted(entry.path()));
            }
        }
    }

    private boolean isOpened(String path, Set<String> paths, WayBack safety) {
        return databases.contains(path)
                && SqliteFiles.SUFFIXES.stream()
                        .map(path::concat)
                        .anyMatch(beside ->
                                !paths.contains(beside) && safety.find(beside).isPresent());
    }

    private static boolean isSame(Entry held, Entry seen) {
        return held.type() == seen.type()
                && Objects.equals(held.sha256(), seen.sha256())
                && Objects.equals(held.linkTarget(), seen.linkTarget());
    }
}
