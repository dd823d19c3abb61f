package io.everstate.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.cli.console.ExitCode;
import io.everstate.cli.supervision.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code down} while somebody holds the lock and the number of an earlier supervisor belongs to a stranger by now. */
class DownIT {

    private final Everstate everstate;
    private Process stranger;

    DownIT(@TempDir Path directory) {
        everstate = Everstate.in(directory);
    }

    @BeforeEach
    void startStranger() throws IOException {
        stranger = new ProcessBuilder("sleep", "600").start();
        everstate.data().create();
    }

    @AfterEach
    void endStranger() {
        stranger.destroyForcibly();
    }

    @Test
    void endsNoStrangerThatHasTheNumberOfAnEarlierSupervisor() throws IOException {
        PidFile mine = PidFile.ofThisProcess();
        new PidFile(stranger.pid(), mine.startedAt(), mine.marker())
                .write(everstate.data().pidFile("supervisor"));
        Files.writeString(everstate.data().lock(), stranger.pid() + "\n");

        try (SuiteLock _ = SuiteLock.take(everstate.data())) {
            var down = everstate.run("down");

            assertThat(down.exitCode()).as(down.output()).isEqualTo(ExitCode.FAILED.number());
            assertThat(down.output()).contains("starting or stopping");
        }
        assertThat(stranger.isAlive()).isTrue();
    }
}
