package io.everstate.cli.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void passesOnWhatProgramsNeedAndNothingElseOfItsOwnEnvironment() throws IOException {
        ServiceSpec spec = Samples.spec(
                List.of("sh", "-c", "env", followed.toString()),
                followed.toString(),
                followed.resolveSibling("sample.pid"));

        ChildProcess child = ChildProcess.start(spec, AT, sentence -> {});

        await().untilAsserted(() -> assertThat(Files.readString(spec.log())).contains("SAMPLE_SETTING=1", "PATH="));
        await().until(() -> !child.alive());
        assertThat(Files.readAllLines(spec.log()))
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .as("a build has JAVA_HOME, MAVEN_ and a shell's own around it")
                .doesNotContainAnyElementsOf(foreign());
    }

    /** sh sets these itself. */
    private static Set<String> foreign() {
        return System.getenv().keySet().stream()
                .filter(name -> !Inherited.passedOn(name))
                .filter(name -> !Set.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "EVERSTATE_ALERTS_WEBHOOK_URL"})
    void passesOn(String name) {
        assertThat(Inherited.passedOn(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_ACCESS_KEY",
                "QUARKUS_HTTP_PORT",
                "KAFKA_BOOTSTRAP_SERVERS",
                "EVERSTATE_TOKEN",
                "PGPASSWORD"
            })
    void keepsBack(String name) {
        assertThat(Inherited.passedOn(name)).isFalse();
    }
}
