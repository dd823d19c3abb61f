package io.everstate.cli.suite;

import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The command as its users run it: a process of its own, with a data directory, ports and an installation of its own. */
record Everstate(Path home, DataDirectory data, Ports ports, Path outputs) {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    record Outcome(int exitCode, String output) {}

    static Everstate in(Path directory) {
        return new Everstate(
                StandInHome.in(directory.resolve("home")).root(),
                new DataDirectory(directory.resolve("data")),
                Ports.free(),
                directory);
    }

    Everstate with(DataDirectory other) {
        return new Everstate(home, other, ports, outputs);
    }

    /** Runs a command to its end. */
    Outcome run(Map<String, String> environment, String... arguments) {
        try {
            Path output = Files.createTempFile(outputs, "output", ".txt");
            Process process = start(output, environment, arguments);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Returns when everything is ready. */
    Process up() {
        return awaitReady(startUp());
    }

    Process startUp() {
        try {
            Files.deleteIfExists(outputs.resolve("up.txt"));
            return start(outputs.resolve("up.txt"), Map.of(), upArguments().toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> upArguments() {
        List<String> arguments = new ArrayList<>(List.of("up"));
        for (PortName name : PortName.values()) {
            arguments.addAll(List.of("--port", name.text() + "=" + ports.of(name)));
        }
        return arguments;
    }

    String upOutput() {
        try {
            return Files.readString(outputs.resolve("up.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process whose arguments name this data directory: the supervisor's children, PostgreSQL, the supervisor. */
    List<ProcessHandle> processes() {
        String root = data.root().toString();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .arguments()
                            .map(arguments -> Stream.of(arguments).anyMatch(argument -> argument.contains(root)))
                            .orElse(false))
                    .toList();
        }
    }

    /** Whatever a test that failed left behind. */
    void endAll() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    private Process awaitReady(Process up) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> upOutput().contains("Everstate is ready") || !up.isAlive());
        if (!up.isAlive()) {
            throw new AssertionError("up ended: " + upOutput());
        }
        return up;
    }

    private Process start(Path output, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Deverstate.home=" + home,
                "io.everstate.cli.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.root().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("EVERSTATE_"));
        // not as an argument: the operating system tells the arguments of a process only up to a length
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
