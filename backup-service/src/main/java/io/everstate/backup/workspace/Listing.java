package io.everstate.backup.workspace;

import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/**
 * What of a workspace a backup is about to hold, in the order of the paths.
 *
 * @param entries of any number, each of which takes a few bytes
 * @param unreadable directories that could not be looked into
 * @param verbatim paths whose bytes are wanted as they are, also those of databases
 */
public record Listing(List<Entry> entries, List<String> unreadable, Set<String> verbatim) {

    /** @param path relative to the root, with slashes */
    public record Entry(String path, boolean directory, long size) {}

    /** Links are entries of their own; none is followed but the root itself, so nothing outside the root can be listed. */
    public static Listing of(Workspace workspace, BackupKind kind) {
        return of(workspace, kind, Set.of());
    }

    /** @param also paths that are listed whatever the kind selects and the configuration excludes; they are {@link #verbatim()} */
    public static Listing of(Workspace workspace, BackupKind kind, Set<String> also) {
        if (!Files.isDirectory(workspace.root())) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "the directory of workspace " + workspace.name() + " is not there: " + workspace.root());
        }
        try {
            return new Walk(workspace, workspace.root().toRealPath(), kind, also).all();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "the workspace " + workspace.name() + " cannot be listed: " + e, e);
        }
    }

    /** All but the directories. */
    public int files() {
        return (int) entries.stream().filter(entry -> !entry.directory()).count();
    }

    public long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }
}
