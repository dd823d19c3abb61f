package io.everstate.platform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories of a test run: below the module's {@code target}, so that logs can be read when a test failed. */
final class TestDirectory {

    private TestDirectory() {}

    /** A new, empty directory. */
    static Path create(String purpose) {
        try {
            return Files.createTempDirectory(parent(), purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory of this JVM for this purpose, the same for every class loader. */
    static Path ofThisJvm(String purpose) {
        try {
            ProcessHandle jvm = ProcessHandle.current();
            long started = jvm.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
            return Files.createDirectories(parent().resolve(purpose + "-" + jvm.pid() + "-" + started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what is in a directory, but the file of this name. */
    static void deleteBelow(Path directory, String kept) {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(directory) && !path.equals(directory.resolve(kept))) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path parent() throws IOException {
        return Files.isDirectory(Path.of("target"))
                ? Files.createDirectories(Path.of("target", "test-platform").toAbsolutePath())
                : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
