package io.everstate.benchmarks.suite;

import io.everstate.cli.client.Services;
import io.everstate.cli.console.Poll;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.Ports;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code deploy/everstate up}, as a user starts it, in a new data directory with ports of its own. */
final class SuiteProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Pattern PLATFORM_UP = Pattern.compile("platform is up after (\\d+) ms");

    private final Path directory;
    private final Process process;
    private final double secondsToReady;

    private SuiteProcess(Path directory, Process process, double secondsToReady) {
        this.directory = directory;
        this.process = process;
        this.secondsToReady = secondsToReady;
    }

    /** Returns when everything is ready. */
    static SuiteProcess start(Map<String, String> environment) {
        try {
            Path directory = Files.createTempDirectory("everstate-benchmark-");
            long begin = System.nanoTime();
            Process process = launch(directory, environment);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // nothing stays behind a broken-off run
            Path output = directory.resolve("up.txt");
            boolean ready = Poll.untilTrue(
                    () -> !process.isAlive() || read(output).contains("Everstate is ready"), LOOK, PATIENCE);
            double seconds = (System.nanoTime() - begin) / 1e9;
            SuiteProcess suite = new SuiteProcess(directory, process, seconds);
            if (!ready || !process.isAlive()) {
                suite.close();
                throw new IllegalStateException("up does not become ready: " + read(output));
            }
            return suite;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double secondsToReady() {
        return secondsToReady;
    }

    /** How long the platform alone took: no service can be ready before. */
    double secondsToPlatform() {
        Matcher matcher = PLATFORM_UP.matcher(read(directory.resolve("up.txt")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1000.0 : Double.NaN;
    }

    Services services() {
        return new Services(data(directory), Map.of());
    }

    /** Resident memory of the command, the platform, PostgreSQL with its backends, and the four services; pages that they share count each time. */
    double residentMegabytes() {
        List<Long> pids = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        try {
            Process ps = new ProcessBuilder("ps", "-A", "-o", "pid=,rss=").start();
            List<String> lines = ps.inputReader().lines().toList();
            return lines.stream()
                            .map(line -> line.strip().split("\\s+"))
                            .filter(columns -> pids.contains(Long.parseLong(columns[0])))
                            .mapToLong(columns -> Long.parseLong(columns[1]))
                            .sum()
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("up does not stop; its data is in " + directory);
            }
            delete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process launch(Path directory, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Installation.find().home().resolve("deploy/everstate").toString(),
                "up",
                "--data",
                data(directory).root().toString()));
        Ports.free().numbers().forEach((port, number) -> command.addAll(List.of("--port", port.text() + "=" + number)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("up.txt").toFile());
        builder.environment().put("EVERSTATE_BUILD", "never");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static DataDirectory data(Path directory) {
        return new DataDirectory(directory.resolve("data"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
