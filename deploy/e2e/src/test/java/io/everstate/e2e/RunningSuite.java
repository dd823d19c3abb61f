package io.everstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.Services;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.Json;
import io.everstate.cli.place.Addresses;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.Ports;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.platform.launcher.files.EverstateHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Everything that {@code deploy/everstate up} starts, with free ports and a directory of its own. */
final class RunningSuite implements AutoCloseable {

    private static final int PARTS = 5;
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(5);
    private static final Duration COMMAND = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path directory;
    private final DataDirectory data;
    private final Process up;
    private final Services services;

    private RunningSuite(Path directory, Process up) {
        this.directory = directory;
        this.data = new DataDirectory(directory.resolve("data"));
        this.up = up;
        this.services = new Services(data, Map.of());
    }

    /**
     * Returns when all parts are ready.
     *
     * @param environment of {@code up}, which hands it on to the services
     */
    static RunningSuite start(Map<String, String> environment) {
        RunningSuite suite = launch(environment);
        try {
            suite.awaitReady();
            return suite;
        } catch (RuntimeException | AssertionError e) {
            suite.close();
            throw e;
        }
    }

    private static RunningSuite launch(Map<String, String> environment) {
        try {
            Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/suites")), "up-")
                    .toAbsolutePath();
            List<String> command = new ArrayList<>(
                    List.of(script(), "up", "--data", directory.resolve("data").toString()));
            Ports.free()
                    .numbers()
                    .forEach((port, number) -> command.addAll(List.of("--port", port.text() + "=" + number)));
            ProcessBuilder builder = everstate(command, directory.resolve("up.log"));
            builder.environment().put("EVERSTATE_FLEET_DEFAULT_ARBITRAGE_BOT", "false"); // the tests count bots
            builder.environment().putAll(environment);
            return new RunningSuite(directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder everstate(List<String> command, Path output) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("EVERSTATE_BUILD", "never"); // what this build made is what is tested
        return builder;
    }

    private void awaitReady() {
        Awaitility.await("all parts of the suite")
                .atMost(START)
                .pollInterval(LOOK)
                .failFast(
                        "`up` ended",
                        () -> assertThat(up.isAlive())
                                .as(() -> LastLines.of(directory.resolve("up.log")))
                                .isTrue())
                .until(this::ready);
    }

    private boolean ready() {
        if (Addresses.read(data).isEmpty()) {
            return false;
        }
        try {
            List<ServiceView> parts = parts();
            return parts.size() == PARTS && parts.stream().allMatch(part -> part.state() == ServiceView.State.UP);
        } catch (CommandFailedException e) {
            return false; // the supervisor's endpoint is not there yet
        }
    }

    private static String script() {
        return EverstateHome.find().resolve("deploy/everstate").toString();
    }

    Services services() {
        return services;
    }

    /** The one file of the object storage whose name begins so. */
    Path stored(String beginning) throws IOException {
        try (Stream<Path> walk = Files.walk(data.root())) {
            List<Path> found = walk.filter(path -> path.getFileName().toString().startsWith(beginning))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    Path workspace() {
        return data.workspace();
    }

    /** What a command came to, and all that it wrote. */
    record Outcome(int exitCode, String output) {
        <T> T read(TypeReference<T> type) {
            try {
                return Json.MAPPER.readValue(output, type);
            } catch (JsonProcessingException e) {
                throw new AssertionError("no JSON: " + output, e);
            }
        }
    }

    /** Runs {@code deploy/everstate} against this suite, as a person would, and returns when it has ended. */
    Outcome everstate(String... arguments) {
        return everstate(Map.of(), arguments);
    }

    /** The same, by somebody who has the admin's token. */
    Outcome everstateAsAdmin(String... arguments) {
        return everstate(admin(), arguments);
    }

    /** @param line the exit code, the command, and what it must say */
    void assertRefused(String line) {
        List<String> parts = List.of(line.split("\\|"));

        Outcome refused = everstate(parts.get(1).split(" "));

        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(Integer.parseInt(parts.getFirst()));
        assertThat(refused.output()).contains(parts.getLast()).doesNotContain("Exception", "\tat ");
    }

    /** The services as the admin reaches them. */
    Services adminServices() {
        return new Services(data, admin());
    }

    private Map<String, String> admin() {
        try {
            return Map.of(
                    "EVERSTATE_TOKEN", Files.readString(data.token("admin")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome everstate(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.root().toString()));
        try {
            Path output = Files.createTempFile(directory, "command-", ".txt");
            ProcessBuilder builder = everstate(command, output);
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end:\n" + LastLines.of(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<ServiceView> parts() {
        return services.supervisor().get("/api/v1/services", new TypeReference<>() {});
    }

    ServiceView part(String name) {
        return services.supervisor().get("/api/v1/services/" + name, new TypeReference<>() {});
    }

    /** SIGKILL for this one process. */
    void kill(ServiceView part) {
        ProcessHandle process = ProcessHandle.of(part.pid())
                .orElseThrow(() -> new IllegalStateException(part.name() + " is gone already: " + part));
        assertThat(process.destroyForcibly()).as("SIGKILL reaches %s", part).isTrue();
    }

    /** What a part, and the supervisor about it, wrote last. */
    String lastLines(String part) {
        return LastLines.of(data.log(part)) + "\n" + LastLines.of(directory.resolve("up.log"));
    }

    /** Stops everything in order; the logs stay for whoever wants to know why a test failed. */
    @Override
    public void close() {
        up.destroy();
        try {
            if (!up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "`up` (pid " + up.pid() + ") does not stop:\n" + LastLines.of(directory.resolve("up.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteAllButLogs();
    }

    private void deleteAllButLogs() {
        Path logs = data.root().resolve("logs");
        try (Stream<Path> walk = Files.walk(data.root())) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.startsWith(logs) && !logs.startsWith(path)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
