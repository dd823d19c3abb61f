package io.everstate.platform.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory in the making. It gets its name by one rename when it is whole, so what a killed process left half is
 * never taken for the thing; each attempt has a directory of its own, because a child of the killed process may still
 * write into the old one.
 */
final class UnfinishedDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedDirectory.class);

    private final Path finished;
    private final Path unfinished;

    private UnfinishedDirectory(Path finished, Path unfinished) {
        this.finished = finished;
        this.unfinished = unfinished;
    }

    /** A new attempt to make {@code finished}. */
    static UnfinishedDirectory of(Path finished) throws IOException {
        Path parent = Files.createDirectories(finished.toAbsolutePath().resolveSibling(""));
        return new UnfinishedDirectory(
                finished, Files.createTempDirectory(parent, "unfinished-" + finished.getFileName() + "-"));
    }

    /** Deletes what broken attempts left, as far as nobody writes into it any more; the next start tries again. */
    static void sweep(Path finished) throws IOException {
        String prefix = "unfinished-" + finished.getFileName() + "-";
        try (Stream<Path> siblings = Files.list(finished.toAbsolutePath().resolveSibling(""))) {
            for (Path sibling : siblings.toList()) {
                if (sibling.getFileName().toString().startsWith(prefix)) {
                    deleteIfPossible(sibling);
                }
            }
        }
    }

    Path path() {
        return unfinished;
    }

    /** False when somebody else finished his first. */
    boolean finish() throws IOException {
        try {
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (Files.isDirectory(finished)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (Files.exists(unfinished)) {
            deleteIfPossible(unfinished);
        }
    }

    private static void deleteIfPossible(Path directory) {
        try {
            delete(directory);
        } catch (IOException e) {
            LOG.info("{} stays until the next start: {}", directory, e.toString());
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
