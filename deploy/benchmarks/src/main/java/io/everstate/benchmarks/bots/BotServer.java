package io.everstate.benchmarks.bots;

import io.everstate.cli.console.Poll;
import io.everstate.cli.place.Installation;
import io.everstate.cli.place.ServiceName;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ServiceJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One bot-service as a process on a platform, and what it says of itself. */
final class BotServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Place place;
    private final Settings settings;
    private final int port;
    private final int managementPort;
    private final String token;
    private Process process;

    /**
     * @param barsASecond that each bot is given
     * @param jvm options that come after those of {@code everstate up}
     */
    record Settings(double barsASecond, List<String> jvm) {}

    private BotServer(Place place, Settings settings) {
        this.place = place;
        this.settings = settings;
        Iterator<Integer> ports = Ports.free(2).iterator();
        this.port = ports.next();
        this.managementPort = ports.next();
        this.token = place.identity().token("benchmark", Set.of("viewer", "operator", "admin"), DAY);
        makeDirectory();
        place.identity().writeToken(tokenFile(), "service", Set.of("viewer"), DAY);
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /** Returns when it is ready. */
    static BotServer start(Place place, Settings settings) {
        BotServer server = new BotServer(place, settings);
        server.awaitReady();
        return server;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String token() {
        return token;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, and at once the same again. */
    void killAndStart() {
        process.destroyForcibly().onExit().join();
        process = launch();
    }

    /** SIGTERM; returns at once. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns at once. */
    void kill() {
        process.destroyForcibly();
    }

    /** Once it has ended; returns when it is ready. */
    void startAgain() {
        process.onExit().join();
        process = launch();
        awaitReady();
    }

    void awaitReady() {
        if (!Poll.untilTrue(() -> !process.isAlive() || ready(), LOOK, PATIENCE) || !process.isAlive()) {
            throw new IllegalStateException("bot-service does not become ready: " + log());
        }
    }

    private boolean ready() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sum over all series of a metric whose name and labels match; 0 while it does not answer. */
    double metric(String pattern) {
        Pattern line = Pattern.compile("(?m)^" + pattern + "(?:\\{[^}]*})? (\\S+)$");
        try {
            return line.matcher(get("/q/metrics").body())
                    .results()
                    .mapToDouble(match -> Double.parseDouble(match.group(1)))
                    .sum();
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new IllegalStateException("bot-service ended: " + log(), e);
            }
            return 0;
        }
    }

    /** Returns after that time; it must not end before. */
    void letRun(Duration length) throws InterruptedException {
        if (process.waitFor(length)) {
            throw new IllegalStateException("bot-service ended: " + log());
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Process launch() {
        Installation installation = Installation.find();
        List<String> command = new ArrayList<>(List.of(installation.java().toString()));
        command.addAll(ServiceJvm.options(installation.jar(ServiceName.BOT)));
        command.addAll(settings.jvm());
        command.addAll(List.of("-jar", installation.jar(ServiceName.BOT).toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(ServiceJvm.ENVIRONMENT);
        builder.environment().putAll(environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", place.kafka()),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(port)),
                Map.entry("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort)),
                Map.entry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false"),
                Map.entry(
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                        place.identity().publicKeyFile().toString()),
                Map.entry("EVERSTATE_IDENTITY_TOKEN_FILE", tokenFile().toString()),
                Map.entry("EVERSTATE_PEERS_STATE_SERVICE", "http://127.0.0.1:1"), // not there: the log alone rebuilds
                Map.entry("EVERSTATE_FLEET_DEFAULT_ARBITRAGE_BOT", "false"),
                Map.entry("EVERSTATE_MARKET_SPEED", Double.toString(settings.barsASecond())),
                Map.entry(
                        "EVERSTATE_WORKSPACE_DIRECTORY",
                        directory().resolve("workspace").toString()),
                Map.entry(
                        "EVERSTATE_CHECKPOINT_DIRECTORY",
                        directory().resolve("checkpoints").toString()));
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There may be several servers at a place. */
    private Path directory() {
        return place.directory().resolve("bot-service-" + port);
    }

    private Path tokenFile() {
        return directory().resolve("service.token");
    }

    private Path logFile() {
        return directory().resolve("bot-service.log");
    }

    private String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("bot-service does not stop: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
