package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import java.util.List;

/**
 * What a swap takes away and puts nothing in its place, besides the logs of databases that it replaces.
 *
 * @param files and links, as they have to be when they are taken
 * @param directories that hold nothing else, those within others first; one that holds something by then stays
 */
public record Removal(List<Entry> files, List<String> directories) {
    public static final Removal NONE = new Removal(List.of(), List.of());

    public Removal {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
    }
}
