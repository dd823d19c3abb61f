package io.everstate.platform.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes under the names of PostgreSQL's programs. */
class PostgresProgramsTest {

    private final Path directory;

    PostgresProgramsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    @Timeout(30)
    void givesUpAProgramThatHangsAndEndsWhatItStarted() throws IOException {
        Path pid = directory.resolve("pid");
        PostgresPrograms programs = programs("sleep 600 & echo $! > '" + pid + "'; wait", Duration.ofSeconds(2));

        assertThatThrownBy(() -> programs.run("initdb", List.of(), "")).hasMessage("initdb did not end in 2.0 s");

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
    }

    @Test
    void showsWhatAProgramSaidThatFailed() throws IOException {
        PostgresPrograms programs = programs("echo no space left; exit 3", Duration.ofSeconds(30));

        assertThatThrownBy(() -> programs.run("initdb", List.of(), "")).hasMessage("initdb failed: no space left");
    }

    @Test
    void readsMoreThanAPipeHolds() throws IOException {
        PostgresPrograms programs = programs("head -c 300000 /dev/zero", Duration.ofSeconds(30));

        assertThatCode(() -> programs.run("initdb", List.of(), "")).doesNotThrowAnyException();
    }

    private PostgresPrograms programs(String script, Duration patience) throws IOException {
        Path name = PostgresBinaries.homeIn(directory);
        Path program = Files.createDirectories(name.resolve("bin")).resolve("initdb");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PostgresPrograms(PostgresBinaries.in(directory), patience);
    }
}
