package io.everstate.platform.server;

import io.everstate.platform.server.health.Endpoint;
import io.everstate.platform.server.health.Parts;
import io.everstate.platform.server.kafka.KafkaBroker;
import io.everstate.platform.server.part.Part;
import io.everstate.platform.server.postgres.PostgresServer;
import io.everstate.platform.server.s3.ObjectStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three parts and the HTTP endpoint as one thing. The parts need nothing of each other, so they start at once; they
 * stop in the order in which their clients suffer least: new objects, then new records, then the database.
 */
final class PlatformServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformServer.class);

    private final DirectoryLock lock;
    private final List<Part> parts;
    private final Endpoint endpoint;

    private PlatformServer(DirectoryLock lock, List<Part> parts, Endpoint endpoint) {
        this.lock = lock;
        this.parts = parts;
        this.endpoint = endpoint;
    }

    /** Returns when all parts serve clients; if one does not start, the others are stopped and the error tells why. */
    static PlatformServer start(ServerOptions options) {
        DirectoryLock lock = DirectoryLock.on(options.data());
        try {
            PortPlan ports = options.ports();
            PostgresServer postgres = new PostgresServer(
                    options.data().resolve("postgres"), options.binaries(), ports.postgres(), options.databases());
            postgres.endOrphan();
            ports.requireFree();
            List<Part> parts = List.of(
                    new ObjectStore(options.data().resolve("s3"), ports.s3(), options.s3Credentials()),
                    new KafkaBroker(options.data().resolve("kafka"), ports.kafka(), ports.controller()),
                    postgres);
            Endpoint endpoint =
                    new Endpoint(ports.health(), new Parts(parts), options.has(ServerOptions.Switch.CONTROL));
            PlatformServer server = new PlatformServer(lock, parts, endpoint);
            server.startParts();
            endpoint.start();
            return server;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void startParts() {
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 0).factory())) {
            CompletableFuture.allOf(parts.stream()
                            .map(part -> CompletableFuture.runAsync(() -> start(part), executor))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            stopParts();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void start(Part part) {
        long begin = System.nanoTime();
        part.start();
        LOG.info("{} serves on port {} after {} ms", part.name(), part.port(), (System.nanoTime() - begin) / 1_000_000);
    }

    private void stopParts() {
        for (Part part : parts) {
            try {
                part.stop();
                LOG.info("{} stopped", part.name());
            } catch (RuntimeException e) {
                LOG.error("{} did not stop in order", part.name(), e);
            }
        }
    }

    @Override
    public void close() {
        endpoint.close();
        stopParts();
        lock.close();
    }
}
