package io.everstate.backup.swap;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import io.everstate.backup.workspace.SqliteFiles;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies beside a database. Where one is about to be restored it belongs to the one that is there now: SQLite would play such a log or journal into the
 * restored one and destroy it. Where one is about to be removed it says that somebody has opened that.
 */
final class DatabaseLeftovers {
    private final SafePlace places;
    private final SwapDirectory directory;

    DatabaseLeftovers(SafePlace places, SwapDirectory directory) {
        this.places = places;
        this.directory = directory;
    }

    /** @return paths of files that are there and that nothing of {@code staged} replaces */
    List<String> of(Map<Entry, Integer> staged) throws IOException {
        var restored = staged.keySet().stream().map(Entry::path).collect(toSet());
        var found = new ArrayList<String>();
        for (var entry : staged.entrySet()) {
            if (isOrBecomesDatabase(entry.getKey(), entry.getValue())) {
                for (var suffix : SqliteFiles.SUFFIXES) {
                    var path = entry.getKey().path() + suffix;
                    if (!restored.contains(path) && isFile(places.of(path))) {
                        found.add(path);
                    }
                }
            }
        }
        return found;
    }

    /**
     * Of a file that goes with nothing in its place. Who has opened a database meanwhile may have committed into its log alone, and would go on writing there.
     *
     * @param file where it is now
     * @param own paths of all that the swap replaces or takes away
     *
     * @throws ProblemException CONFLICT when it is a database, and another log, journal or index is beside its place
     */
    void checkNobodyOpened(String path, Path file, Set<String> own) throws IOException {
        if (!isDatabase(file)) {
            return;
        }
        for (var suffix : SqliteFiles.SUFFIXES) {
            var beside = path + suffix;
            if (!own.contains(beside) && isFile(places.of(beside))) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "%s was opened while it was to be removed: %s is beside it".formatted(path, beside));
            }
        }
    }

    private boolean isOrBecomesDatabase(Entry entry, int number) throws IOException {
        return entry.type() == EntryType.FILE
                && (isDatabase(directory.staged(number)) || isDatabase(places.of(entry.path())));
    }

    private static boolean isDatabase(Path file) throws IOException {
        try {
            return isFile(file) && SqliteFiles.isDatabase(file);
        } catch (AccessDeniedException e) {
            return false; // the safety backup will not hold it either, so it is not replaced
        }
    }

    private static boolean isFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
