package io.everstate.benchmarks.place;

import static java.util.Objects.requireNonNull;

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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One service as a process on a platform, and what it says of itself. */
public abstract class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final double MILLIS_A_SECOND = 1e3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceName service;
    private final Place place;
    private final List<String> jvm;
    private final int port;
    private final int managementPort;
    private @Nullable Process process;

    /** @param jvm options that come after those of {@code everstate up} */
    protected ServiceProcess(ServiceName service, Place place, List<String> jvm) {
        this.service = service;
        this.place = place;
        this.jvm = jvm;
        Iterator<Integer> ports = Ports.free(2).iterator();
        this.port = ports.next();
        this.managementPort = ports.next();
        makeDirectory();
    }

    /** What only this service is told. */
    protected abstract Map<String, String> environment();

    /** Once, for the first process; returns when it is ready. */
    protected final void begin() {
        process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process().destroyForcibly()));
        awaitReady();
    }

    private Process process() {
        return requireNonNull(process, "it was not begun");
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public long pid() {
        return process().pid();
    }

    /** Of its present process, so far. */
    public double processorSeconds() {
        return process().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / MILLIS_A_SECOND;
    }

    /** SIGKILL, and at once the same again. */
    public void killAndStart() {
        process().destroyForcibly().onExit().join();
        process = launch();
    }

    /** A new process in the place of one that has ended; returns at once. */
    public void launchAgain() {
        process = launch();
    }

    /** SIGTERM; returns at once. */
    public void terminate() {
        process().destroy();
    }

    /** SIGKILL; returns at once. */
    public void kill() {
        process().destroyForcibly();
    }

    /** SIGKILL; returns when it is gone. */
    public void end() {
        process().destroyForcibly().onExit().join();
    }

    /** Once it has ended; returns when it is ready. */
    public void startAgain() {
        process().onExit().join();
        process = launch();
        awaitReady();
    }

    public void awaitReady() {
        if (!Poll.untilTrue(() -> !process().isAlive() || ready(), LOOK, PATIENCE)
                || !process().isAlive()) {
            throw new IllegalStateException(service.text() + " does not become ready: " + log());
        }
    }

    /** What it says of its readiness; empty while it does not answer. */
    protected final String readiness() {
        try {
            return get("/q/health/ready").body();
        } catch (IOException e) {
            return "";
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
    public double metric(String pattern) {
        Pattern line = Pattern.compile("(?m)^" + pattern + "(?:\\{[^}]*})? (\\S+)$");
        try {
            return line.matcher(get("/q/metrics").body())
                    .results()
                    .mapToDouble(match -> Double.parseDouble(match.group(1)))
                    .sum();
        } catch (IOException e) {
            if (!process().isAlive()) {
                throw new IllegalStateException(service.text() + " ended: " + log(), e);
            }
            return 0;
        }
    }

    /** Bytes of its heap that are in use after a full collection, so that what is measured is what is needed. */
    public double liveHeap() throws InterruptedException {
        String jcmd = Installation.find().java().resolveSibling("jcmd").toString();
        try {
            int code = new ProcessBuilder(jcmd, Long.toString(pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("jcmd GC.run ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return metric("jvm_memory_used_bytes\\{area=\"heap\"[^}]*}");
    }

    /** Returns after that time; it must not end before. */
    public void letRun(Duration length) throws InterruptedException {
        if (process().waitFor(length)) {
            throw new IllegalStateException(service.text() + " ended: " + log());
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
        Path jar = installation.jar(service);
        List<String> command = new ArrayList<>(List.of(installation.java().toString()));
        command.addAll(ServiceJvm.options(jar));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
        builder.environment().putAll(ServiceJvm.ENVIRONMENT);
        builder.environment().putAll(common());
        builder.environment().putAll(environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> common() {
        Map<String, String> common = new HashMap<>();
        common.put("KAFKA_BOOTSTRAP_SERVERS", place.kafka());
        common.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        common.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        common.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        common.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                place.identity().publicKeyFile().toString());
        return common;
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own: there may be several of a service at a place. */
    protected final Path directory() {
        return place.directory().resolve(service.text() + "-" + port);
    }

    private Path logFile() {
        return directory().resolve("log");
    }

    /** What it has said so far. */
    protected final String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process().destroy();
        try {
            if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process().destroyForcibly();
                throw new IllegalStateException(service.text() + " does not stop: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
