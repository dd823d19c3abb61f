package io.everstate.benchmarks.bots;

import io.everstate.benchmarks.figure.Figure;
import io.everstate.benchmarks.figure.Goal;
import io.everstate.benchmarks.place.Place;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.ServiceName;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a bot's local checkpoint takes, and how large it is, with as many trades as a state can hold. */
final class LocalCheckpoints {

    private static final double BARS_A_SECOND = 50;
    private static final double P99_MILLISECONDS = 2;
    private static final double KILOBYTES_A_SYMBOL = 5;
    private static final double KILOBYTE = 1024;
    private static final Duration TRADING = Duration.ofSeconds(15);

    private final PrintStream out;
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> kilobytes = new ArrayList<>();

    LocalCheckpoints(PrintStream out) {
        this.out = out;
    }

    List<Figure> run(int rounds) throws InterruptedException {
        try (Place place = Place.make()) {
            for (String line : probe(state(place), place.directory().resolve("probe"), rounds)) {
                String[] numbers = line.split(" ");
                kilobytes.add(Double.parseDouble(numbers[0]) / KILOBYTE);
                milliseconds.add(Double.parseDouble(numbers[1]));
                out.printf(
                        Locale.ROOT,
                        "a local checkpoint of one symbol and 100 trades: %s bytes, p99 %s ms, with the disk forced %s ms%n",
                        (Object[]) numbers);
            }
        }
        return List.of(
                new Figure("checkpoint-p99-without-fsync", "ms", milliseconds, Goal.atMost(P99_MILLISECONDS)),
                new Figure("checkpoint-size-a-symbol", "KB", kilobytes, Goal.atMost(KILOBYTES_A_SYMBOL)));
    }

    /** Of a bot that has really traded. */
    private static Path state(Place place) throws InterruptedException {
        Path file = place.directory().resolve("state.json");
        try (BotServer server = BotServer.start(place, new BotServer.Settings(BARS_A_SECOND, Bench.LARGE_JVM))) {
            HostedFleet fleet = new HostedFleet(server);
            fleet.run(1, HostedFleet.RESTLESS);
            server.letRun(TRADING);
            Files.writeString(file, fleet.first().toString());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> probe(Path state, Path directory, int rounds) throws InterruptedException {
        Installation installation = Installation.find();
        Path application = installation.jar(ServiceName.BOT).getParent();
        List<String> command = new ArrayList<>(List.of(installation.java().toString()));
        command.addAll(Bench.LARGE_JVM);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path") + ":" + application + "/app/*:" + application + "/lib/main/*:"
                        + application + "/lib/boot/*",
                CheckpointProbe.class.getName(),
                state.toString(),
                directory.toString(),
                Integer.toString(rounds)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the probe failed: " + output);
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
