package io.everstate.platform.server;

import io.everstate.platform.server.health.Endpoint;
import io.everstate.platform.server.health.Parts;
import io.everstate.platform.server.kafka.KafkaBroker;
import io.everstate.platform.server.part.Part;
import io.everstate.platform.server.postgres.PostgresServer;
import io.everstate.platform.server.s3.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three parts and the HTTP endpoint as one thing. The parts need nothing of each other, so they start at once; they
 * stop in the order in which their clients suffer least: new objects, then new records, then the database.
 */
final class PlatformServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformServer.class);

    /** A stop waits this long for a start that is still under way, then it stops what there is. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final ServerOptions options;
    private final ReentrantLock starting = new ReentrantLock();
    private final Deque<Runnable> toClose = new ConcurrentLinkedDeque<>();

    PlatformServer(ServerOptions options) {
        this.options = options;
    }

    /** Returns when all parts serve clients; whether it does or throws, {@link #close} ends what was started. */
    void start() {
        starting.lock();
        try {
            DirectoryLock lock = DirectoryLock.on(options.data());
            toClose.push(lock::close);
            PortPlan ports = options.ports();
            PostgresServer postgres = postgres(ports);
            postgres.endOrphan();
            ports.requireFree();
            List<Part> parts = List.of(objectStore(ports), kafka(ports), postgres);
            toClose.push(() -> parts.forEach(PlatformServer::stop));
            startAll(parts);
            boolean control = options.has(ServerOptions.Switch.CONTROL);
            Endpoint endpoint = new Endpoint(ports.health(), new Parts(parts), control);
            toClose.push(endpoint::close);
            endpoint.start();
        } finally {
            starting.unlock();
        }
    }

    private PostgresServer postgres(PortPlan ports) {
        Path directory = options.data().resolve("postgres");
        return new PostgresServer(directory, options.binaries(), ports.postgres(), options.databases());
    }

    private KafkaBroker kafka(PortPlan ports) {
        return new KafkaBroker(options.data().resolve("kafka"), ports.kafka(), ports.controller());
    }

    private ObjectStore objectStore(PortPlan ports) {
        return new ObjectStore(options.data().resolve("s3"), ports.s3(), options.s3Credentials());
    }

    private static void startAll(List<Part> parts) {
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("start-", 0).factory())) {
            CompletableFuture.allOf(parts.stream()
                            .map(part -> CompletableFuture.runAsync(() -> start(part), executor))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void start(Part part) {
        long begin = System.nanoTime();
        part.start();
        LOG.info("{} serves on port {} after {} ms", part.name(), part.port(), (System.nanoTime() - begin) / 1_000_000);
    }

    private static void stop(Part part) {
        try {
            part.stop();
            LOG.info("{} stopped", part.name());
        } catch (RuntimeException e) {
            LOG.error("{} did not stop in order", part.name(), e);
        }
    }

    @Override
    public void close() {
        boolean waited = false;
        try {
            waited = starting.tryLock(START_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (Runnable next = toClose.poll(); next != null; next = toClose.poll()) {
                next.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (waited) {
                starting.unlock();
            }
        }
    }
}
