package io.everstate.backup.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.testing.ScratchWorkspace;
import io.everstate.backup.testing.Workspaces;
import io.everstate.backup.workspace.SpoolException;
import io.everstate.contracts.backup.InspectionView.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("BD10")
class LookTest {
    private static final String LARGE = "[\"" + "x".repeat(2 << 20) + "\"]";

    @TempDir
    Path directory;

    private ScratchWorkspace files;

    @BeforeEach
    void workspace() {
        files = ScratchWorkspace.in(directory.resolve("workspace"));
    }

    private Condition look(String path, Path spool) {
        return Look.at(Workspaces.at(files.root()), path, spool, Clock.systemUTC())
                .condition()
                .condition();
    }

    @Test
    void seesALargeSoundFile() {
        files.write("logs/bot_state.json", LARGE);

        assertThat(look("logs/bot_state.json", directory.resolve("spool"))).isEqualTo(Condition.OK);
    }

    /** The spool's disk is the service's own: what befalls it must not be taken for damage of a sound file. */
    @Test
    void isNoLookWhenTheSpoolCannotBeWritten() throws IOException {
        files.write("logs/bot_state.json", LARGE);
        var noDirectory = Files.writeString(directory.resolve("spool"), "in the way");

        assertThatThrownBy(() -> look("logs/bot_state.json", noDirectory)).isInstanceOf(SpoolException.class);
    }

    @Test
    void doesNotCallALinkDamaged() throws IOException {
        Files.move(files.path(".env"), directory.resolve("env"));
        Files.createSymbolicLink(files.path(".env"), directory.resolve("env"));

        assertThat(look(".env", directory)).isEqualTo(Condition.INACCESSIBLE);
    }

    @Test
    void missesAFileThatIsNotThere() {
        files.delete(".env");

        assertThat(look(".env", directory)).isEqualTo(Condition.MISSING);
    }

    /** In a process of its own, which is given few file descriptors and uses them up. */
    @Test
    void isNoLookWhenTheProcessIsOutOfFileDescriptors() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 1000 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-MaxFDLimit",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StarvedLook.class.getName(),
                        files.root().toString())
                .redirectErrorStream(true)
                .start();

        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
