package io.everstate.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private final Path directory;

    DataDirectoryTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void isMadeForItsOwnerOnlyAndMayBeMadeAgain() throws IOException {
        DataDirectory data = new DataDirectory(directory.resolve("some/where"));

        data.create();
        data.create();

        assertThat(data.workspace()).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void cannotBeAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "kept");

        assertThat(refusal(file))
                .isEqualTo("the data directory " + file + " cannot be made: " + file
                        + " is no directory; --data names another");
        assertThat(file).hasContent("kept");
    }

    @Test
    void cannotBeBelowAFile() throws IOException {
        Path file = Files.createFile(directory.resolve("notes.txt"));

        assertThat(refusal(file.resolve("data")))
                .startsWith("the data directory " + file.resolve("data") + " cannot be made: ")
                .contains("Not a directory")
                .endsWith("; --data names another");
    }

    @Test
    void cannotHoldAFileWhereADirectoryBelongs() throws IOException {
        Path file = Files.createFile(directory.resolve("platform"));

        assertThat(refusal(directory)).contains(file + " is no directory; --data names another");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cannotBeWhereNobodyMayMakeOne() {
        assertThat(refusal(Path.of("/proc/everstate")))
                .startsWith("the data directory /proc/everstate cannot be made: ")
                .endsWith("; --data names another");
    }

    private static String refusal(Path root) {
        var refused = catchThrowableOfType(CommandFailedException.class, () -> new DataDirectory(root).create());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_STARTED);
        return String.valueOf(refused.getMessage());
    }
}
