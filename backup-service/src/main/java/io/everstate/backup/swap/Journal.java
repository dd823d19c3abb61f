package io.everstate.backup.swap;

import io.everstate.backup.archive.Manifest.Entry;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a restore is about to change, written before the first change: how to undo it. In the order of the changes.
 *
 * @param directories that it creates, parents first, relative to the root
 * @param removedDirectories as they were, those within others first; none in journals of before there were any
 */
public record Journal(
        int formatVersion,
        UUID restoreId,
        List<String> directories,
        List<Change> changes,
        List<Entry> removedDirectories) {
    static final int FORMAT_VERSION = 1;

    public Journal {
        removedDirectories = List.copyOf(Objects.requireNonNullElse(removedDirectories, List.of()));
    }

    /**
     * @param number names the staged file and the kept one
     * @param existed whether something was there before
     * @param takenAway whether nothing takes its place; the entry is what was there then
     */
    public record Change(int number, Entry entry, boolean existed, boolean takenAway) {}
}
