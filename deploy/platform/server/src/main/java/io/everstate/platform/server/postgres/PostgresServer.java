package io.everstate.platform.server.postgres;

import io.everstate.platform.server.part.Part;
import io.everstate.platform.server.part.RefusedStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process. If it dies without having been stopped, it is started again in place; if this process
 * was killed and left it behind, the next start ends it first.
 */
public final class PostgresServer implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration RESTART_DELAY = Duration.ofMillis(500);

    private final Path cluster;
    private final Path binaries;
    private final int port;
    private final Databases databases;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Process process;
    /** Tells a process that died from one that was stopped. */
    private long startsAndStops;

    public PostgresServer(Path directory, Path binaries, int port, Databases databases) {
        this.cluster = directory.toAbsolutePath();
        this.binaries = binaries;
        this.port = port;
        this.databases = databases;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        lock.lock();
        try {
            startsAndStops++;
            run();
        } catch (RuntimeException e) {
            stop();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            startsAndStops++;
            endProcess();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the PostgreSQL that a killed platform left on this directory; it would hold the port and the directory. */
    public void endOrphan() {
        PostmasterFile file = new PostmasterFile(cluster);
        Optional<ProcessHandle> orphan = file.running();
        if (orphan.isPresent()) {
            LOG.warn(
                    "ending PostgreSQL (pid {}), left behind by a killed platform",
                    orphan.get().pid());
            end(orphan.get());
        }
        file.delete();
    }

    @Override
    public boolean answers() {
        return databases.answer(port);
    }

    private void run() {
        PostgresPrograms programs = new PostgresPrograms(PostgresBinaries.in(binaries));
        new Cluster(cluster, programs).createOnce(databases);
        endOrphan();
        Process started = programs.start("postgres", new ServerSettings(port).arguments(cluster));
        process = started;
        awaitReady(started);
        databases.createMissing(port);
        long watched = startsAndStops;
        Thread.ofVirtual()
                .name("postgres-watch")
                .start(() -> startAgain(watched, started.onExit().join()));
    }

    /** Backends of a killed PostgreSQL may hold its shared memory for a moment: the first tries may fail. */
    private void startAgain(long watched, Process ended) {
        lock.lock();
        try {
            if (watched != startsAndStops) {
                return;
            }
            LOG.error("PostgreSQL (pid {}) died with code {}; starting it again", ended.pid(), ended.exitValue());
            run();
        } catch (RuntimeException e) {
            LOG.error("PostgreSQL does not start again yet", e);
            endProcess();
            CompletableFuture.delayedExecutor(RESTART_DELAY.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> startAgain(watched, ended));
        } finally {
            lock.unlock();
        }
    }

    private void endProcess() {
        Process ending = process;
        process = null;
        if (ending != null) {
            end(ending.toHandle());
        }
    }

    private void awaitReady(Process started) {
        PostmasterFile file = new PostmasterFile(cluster);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!file.saysReady()) {
            if (hasEnded(started, POLL)) {
                throw new RefusedStartException(
                        "PostgreSQL ended with code " + started.exitValue() + " while it started; the log says why");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL was not ready in " + START_TIMEOUT.toSeconds() + " s");
            }
        }
    }

    /**
     * SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything acknowledged is on disk. One
     * that does not end by it is killed; its next start recovers from the write-ahead log.
     */
    private static void end(ProcessHandle postgres) {
        if (!postgres.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            postgres.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.error(
                    "PostgreSQL (pid {}) did not stop in {} s and is killed", postgres.pid(), STOP_TIMEOUT.toSeconds());
            postgres.destroyForcibly();
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("PostgreSQL (pid " + postgres.pid() + ") cannot be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL stopped", e);
        }
    }

    private static boolean hasEnded(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }
}
