package io.everstate.platform.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.launcher.Platform;
import io.everstate.platform.launcher.PlatformCommand;
import io.everstate.platform.launcher.PlatformException;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process starts, dies and starts again; every death here is a real signal to a real process. */
class PlatformLifecycleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private PlatformOptions options;

    @BeforeEach
    void choosePorts() {
        options = PlatformOptions.in(directory.resolve("data")).ports(Ports.free());
    }

    @Test
    void endsThePostgresThatAKilledPlatformLeftBehind() throws Exception {
        ProcessPlatform killed = ProcessPlatform.start(options);
        new PlatformClients(killed).execute("state", "CREATE TABLE kept (id int)");
        ProcessHandle orphan = postgres();
        kill(killed.pid());
        assertThat(orphan.isAlive()).isTrue();

        try (Platform next = ProcessPlatform.start(options)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(new PlatformClients(next).query("state", "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
        }
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheNumberOfAnOldPostgres() throws Exception {
        ProcessPlatform.start(options).close();
        Process stranger = new ProcessBuilder("sleep", "600").start();
        Files.writeString(
                postmasterFile(), stranger.pid() + "\n" + postmasterFile().getParent() + "\n");

        try (Platform platform = ProcessPlatform.start(options)) {
            assertThat(platform.health().up()).isTrue();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    /** Two platforms in one process with two cores, and no virtual thread ran any more. */
    @Test
    void takesNoCarrierFromVirtualThreads() {
        try (Platform platform = ProcessPlatform.start(options)) {
            assertThat(platform.health().up()).isTrue();
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("threads that are not virtual")
                    .extracting(Thread::getName)
                    .contains("platform-output");
        }
    }

    @Test
    void startsPostgresAgainInPlaceWhenItDies() throws Exception {
        try (Platform platform = ProcessPlatform.start(options)) {
            new PlatformClients(platform).execute("state", "CREATE TABLE kept (id int)");
            ProcessHandle first = postgres();

            kill(first.pid());

            await().atMost(PATIENCE).until(() -> platform.health().up());
            assertThat(postgres().pid()).isNotEqualTo(first.pid());
            assertThat(new PlatformClients(platform).query("state", "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
        }
    }

    @Test
    void refusesASecondPlatformOnTheSameDirectoryAndNamesTheFirst() {
        try (ProcessPlatform first = ProcessPlatform.start(options)) {
            PlatformOptions second = options.ports(Ports.free());

            assertThatThrownBy(() -> ProcessPlatform.start(second))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("another platform (pid " + first.pid() + ") runs on " + options.data());
            assertThat(first.health().up()).isTrue();
        }
    }

    @Test
    void namesTheTakenPortAndTheOptionThatChoosesAnother() throws IOException {
        int port = options.ports().kafka();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            assertThatThrownBy(() -> ProcessPlatform.start(options))
                    .isInstanceOf(PlatformException.class)
                    .hasMessage("port " + port + " for kafka is taken; choose another with --kafka-port or"
                            + " EVERSTATE_PLATFORM_KAFKA_PORT");
        }
    }

    @Test
    void saysThatThePasswordIsNotTheOneOfTheDirectory() {
        ProcessPlatform.start(options).close();

        assertThatThrownBy(() -> ProcessPlatform.start(options.secrets(Secrets.generate())))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("password authentication failed for user \"everstate\"");
    }

    @Test
    void startsAfterItWasKilledWhileItUnpackedPostgres() throws Exception {
        Path home = Files.createDirectories(directory.resolve("installation"));
        Files.createSymbolicLink(home.resolve("lib"), options.libraries());
        PlatformOptions fresh = options.libraries(home.resolve("lib"));
        Process broken = launch(fresh);
        await().atMost(PATIENCE).until(() -> contains(home.resolve("postgres-programs"), "unfinished-"));
        kill(broken.pid());

        try (Platform platform = ProcessPlatform.start(fresh)) {
            assertThat(platform.health().up()).isTrue();
        }
    }

    @Test
    void startsAfterItWasKilledWhileItMadeTheDatabaseDirectory() throws Exception {
        Process broken = launch(options);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> contains(options.data(), "unfinished-postgres-"));
        kill(broken.pid());

        try (Platform platform = ProcessPlatform.start(options)) {
            assertThat(platform.health().up()).isTrue();
        }
    }

    @Test
    void leavesNoProcessAndNoPortBehindWhenItIsStopped() throws Exception {
        Process process = launch(options);
        await().atMost(PATIENCE).until(() -> Files.exists(postmasterFile()) && isReady());
        ProcessHandle postgres = postgres();

        process.destroy();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(postgres.isAlive()).isFalse();
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), options.ports().postgres()));
            assertThat(socket.isBound()).isTrue();
        }
    }

    @Test
    void leavesNoProcessBehindWhenItIsStoppedWhileItStarts() throws Exception {
        ProcessPlatform.start(options).close();
        Process process = launch(options);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(postmasterFile()));
        ProcessHandle postgres = postgres();

        process.destroy();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(postgres.isAlive()).isFalse();
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws Exception {
        Process process = launch(options);
        await().atMost(PATIENCE).until(() -> isReady());
        ProcessHandle postgres = postgres();

        process.getOutputStream().close(); // as the death of this process would

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(postgres.isAlive()).isFalse();
    }

    private Process launch(PlatformOptions options) throws IOException {
        PlatformCommand command = PlatformCommand.of(options);
        ProcessBuilder builder = new ProcessBuilder(command.command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile());
        builder.environment().putAll(command.environment());
        return builder.start();
    }

    private boolean isReady() throws IOException {
        return Files.readString(directory.resolve("output.log")).contains("\"ready\":true");
    }

    private static boolean contains(Path parent, String prefix) throws IOException {
        if (!Files.isDirectory(parent)) {
            return false;
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
        }
    }

    private static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private ProcessHandle postgres() throws IOException {
        await().atMost(PATIENCE)
                .until(() -> !Files.readAllLines(postmasterFile()).isEmpty());
        long pid = Long.parseLong(Files.readAllLines(postmasterFile()).getFirst());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private Path postmasterFile() {
        return options.data().resolve("postgres/postmaster.pid");
    }
}
