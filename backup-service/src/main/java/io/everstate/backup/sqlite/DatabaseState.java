package io.everstate.backup.sqlite;

import io.everstate.backup.workspace.FileAttributes;
import io.everstate.backup.workspace.SqliteFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that hold a database's content, as the file system sees them at a moment: two states that are equal have no write between them
 * that the file system's clock could tell.
 */
public record DatabaseState(Path database, Map<Path, FileAttributes> files) {

    /** @throws NoSuchFileException when the database itself is not there */
    public static DatabaseState of(Path database) throws IOException {
        var files = new LinkedHashMap<Path, FileAttributes>();
        files.put(database, FileAttributes.of(database));
        for (var suffix : SqliteFiles.CONTENT_SUFFIXES) {
            var companion = SqliteFiles.beside(database, suffix);
            find(companion).ifPresent(attributes -> files.put(companion, attributes));
        }
        return new DatabaseState(database, files);
    }

    /** It is there only while it is needed. */
    private static Optional<FileAttributes> find(Path file) throws IOException {
        try {
            return Optional.of(FileAttributes.of(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The newest of its files. */
    public Instant changedAt() {
        return files.values().stream()
                .map(FileAttributes::changedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
