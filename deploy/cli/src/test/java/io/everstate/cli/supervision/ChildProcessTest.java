package io.everstate.cli.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private final Path followed;

    ChildProcessTest(@TempDir Path directory) {
        followed = directory.resolve("followed");
    }

    @BeforeEach
    void createFile() throws IOException {
        Files.createFile(followed);
    }

    @AfterEach
    void endAll() {
        Samples.processes(followed).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void leavesNoProcessBehindWhenItsPidFileCannotBeWritten() {
        Path noDirectory = followed;
        ServiceSpec spec = Samples.following(followed, noDirectory.resolve("sample.pid"));

        assertThatThrownBy(() -> ChildProcess.start(spec, AT, sentence -> {})).isInstanceOf(IOException.class);

        assertThat(Samples.processes(followed)).isEmpty();
    }
}
