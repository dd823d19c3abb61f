package io.everstate.platform.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of a test run: below the module's {@code target}, so that logs can be read when a test failed. */
final class TestDirectory {

    private TestDirectory() {}

    static Path create(String purpose) {
        try {
            Path parent = Files.isDirectory(Path.of("target"))
                    ? Files.createDirectories(Path.of("target", "test-platform").toAbsolutePath())
                    : Path.of(System.getProperty("java.io.tmpdir"));
            return Files.createTempDirectory(parent, purpose + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
