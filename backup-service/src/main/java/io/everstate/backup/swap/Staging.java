package io.everstate.backup.swap;

import io.everstate.backup.archive.ArchiveVerifier;
import io.everstate.backup.archive.Manifest.Entry;
import io.everstate.backup.archive.Manifest.EntryType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the wanted entries of an archive into the restore's own directory, on the workspace's file system. Names of the archive do not occur in it. */
public final class Staging implements ArchiveVerifier.Receiver {
    private final SwapDirectory directory;
    private final Disk disk;
    private final Map<Entry, Integer> numbers = new LinkedHashMap<>();

    public Staging(SwapDirectory directory, Disk disk, List<Entry> wanted) {
        this.directory = directory;
        this.disk = disk;
        wanted.forEach(entry -> numbers.put(entry, numbers.size()));
    }

    @Override
    public OutputStream begin(Entry entry) throws IOException {
        var number = numbers.get(entry);
        return number == null || entry.type() != EntryType.FILE
                ? OutputStream.nullOutputStream()
                : disk.createFile(directory.staged(number));
    }

    /** The wanted entries, in the archive's order, by the number of their file. */
    public Map<Entry, Integer> numbers() {
        return numbers;
    }
}
