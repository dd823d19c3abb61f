package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the service of the tests has large documents on their way. */
final class SpoolDirectory {
    static final String PATH = "target/directories/spool";

    private SpoolDirectory() {}

    static void requireEmpty() throws IOException {
        try (var files = Files.list(Files.createDirectories(Path.of(PATH)))) {
            assertThat(files.toList()).isEmpty();
        }
    }
}
