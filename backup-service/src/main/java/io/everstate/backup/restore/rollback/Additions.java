package io.everstate.backup.restore.rollback;

import static java.util.stream.Collectors.toSet;

import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.swap.Removal;
import io.everstate.backup.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a restore added to a workspace, as it is there now. What is not there any more is in neither list.
 *
 * @param removal what is still as it was restored
 * @param kept paths of what was written since
 */
public record Additions(Removal removal, List<String> kept) {
    public Additions {
        kept = List.copyOf(kept);
    }

    /**
     * @param added files and links that were restored where nothing was
     * @param directories in the order in which they are to go
     */
    static Additions in(Workspace workspace, List<Entry> added, Set<String> directories) throws IOException {
        var databases = added.stream()
                .filter(entry -> entry.database() != null)
                .map(Entry::path)
                .collect(toSet());
        var written = Written.since(workspace, added, List.of(), databases);
        var files = written.there().stream()
                .filter(entry -> !written.holds(entry.path()))
                .toList();
        var kept =
                written.there().stream().map(Entry::path).filter(written::holds).toList();
        return new Additions(new Removal(files, emptied(workspace, files, directories)), kept);
    }

    /** Those that hold nothing but what goes. */
    private static List<String> emptied(Workspace workspace, List<Entry> files, Set<String> directories)
            throws IOException {
        var going = new HashSet<Path>();
        files.forEach(entry -> going.add(place(workspace, entry.path())));
        var emptied = new ArrayList<String>();
        for (var directory : directories) {
            var place = place(workspace, directory);
            if (isReal(workspace, place) && holdsOnly(place, going)) {
                going.add(place);
                emptied.add(directory);
            }
        }
        return emptied;
    }

    private static boolean isReal(Workspace workspace, Path place) throws IOException {
        return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                && place.toRealPath()
                        .equals(workspace
                                .root()
                                .toRealPath()
                                .resolve(workspace.root().relativize(place)));
    }

    private static boolean holdsOnly(Path directory, Set<Path> going) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.allMatch(going::contains);
        }
    }

    private static Path place(Workspace workspace, String path) {
        return workspace.root().resolve(path);
    }
}
