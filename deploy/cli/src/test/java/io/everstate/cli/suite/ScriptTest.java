package io.everstate.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.platform.launcher.files.EverstateHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/everstate} itself, in a checkout whose java only shows how it was started. */
class ScriptTest {

    private final Path root;

    ScriptTest(@TempDir Path root) {
        this.root = root;
    }

    @Test
    void endsTheSupervisorRatherThanLettingItGoOnWithoutMemory() throws Exception {
        Path script = root.resolve("deploy/everstate");
        write(script, Files.readString(EverstateHome.find().resolve("deploy/everstate")));
        write(root.resolve("mvnw"), "#!/bin/sh\necho '" + root + "'\n");
        write(root.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");

        assertThat(run(script, "status")).contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(run(script, "up")).contains("-XX:+ExitOnOutOfMemoryError");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String run(Path script, String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), command).redirectErrorStream(true);
        builder.environment().put("EVERSTATE_BUILD", "never");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
