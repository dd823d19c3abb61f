package io.everstate.benchmarks.backup;

import io.everstate.benchmarks.place.Place;
import io.everstate.cli.console.Poll;
import io.everstate.platform.launcher.ObjectStorage;
import io.everstate.platform.launcher.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The S3 that all arms write to: a MinIO of its own where the PATH has one, else the platform's. */
final class Endpoint implements AutoCloseable {

    private static final String MINIO = "minio";
    private static final String USER = "everstate";
    private static final String PASSWORD = "everstate-benchmark";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ObjectStorage storage;
    private final Optional<Process> own;

    private Endpoint(ObjectStorage storage, Optional<Process> own) {
        this.storage = storage;
        this.own = own;
    }

    static Endpoint at(Place place) {
        return Shell.has(MINIO)
                ? minio(place.directory().resolve(MINIO))
                : new Endpoint(place.storage(), Optional.empty());
    }

    private static Endpoint minio(Path directory) {
        Iterator<Integer> ports = Ports.free(2).iterator();
        URI address = URI.create("http://127.0.0.1:" + ports.next());
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        MINIO,
                        "server",
                        directory.toString(),
                        "--address",
                        address.getAuthority(),
                        "--console-address",
                        "127.0.0.1:" + ports.next()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MINIO_ROOT_USER", USER);
        builder.environment().put("MINIO_ROOT_PASSWORD", PASSWORD);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            if (!Poll.untilTrue(() -> answers(address), LOOK, PATIENCE)) {
                throw new IllegalStateException("MinIO does not answer at " + address);
            }
            return new Endpoint(new ObjectStorage(address, USER, PASSWORD), Optional.of(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(URI address) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                                    HttpRequest.newBuilder(address.resolve("/minio/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    ObjectStorage storage() {
        return storage;
    }

    Bucket bucket(String name) {
        return new Bucket(storage, name);
    }

    /** For a reader of the figures. */
    String text() {
        return own.isPresent() ? "MinIO" : "the platform's own S3 (S3Proxy), for there is no minio on the PATH";
    }

    @Override
    public void close() {
        own.ifPresent(process -> process.destroyForcibly().onExit().join());
    }
}
