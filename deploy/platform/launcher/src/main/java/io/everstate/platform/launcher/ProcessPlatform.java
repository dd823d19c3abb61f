package io.everstate.platform.launcher;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform as a child process of this one. */
public final class ProcessPlatform implements Platform {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final PlatformOptions options;
    private final ControlClient control;
    private @Nullable Process process;

    private ProcessPlatform(PlatformOptions options) {
        this.options = options;
        this.control = new ControlClient(options.ports().health());
    }

    /** Returns when all parts serve clients; otherwise throws what the platform said. */
    public static ProcessPlatform start(PlatformOptions options) {
        ProcessPlatform platform = new ProcessPlatform(options);
        platform.restart();
        return platform;
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + options.ports().kafka();
    }

    @Override
    public Database database(String name) {
        return new Database(
                "jdbc:postgresql://127.0.0.1:" + options.ports().postgres() + "/" + name,
                "everstate",
                options.secrets().postgresPassword());
    }

    @Override
    public ObjectStorage storage() {
        return new ObjectStorage(
                URI.create("http://127.0.0.1:" + options.ports().s3()),
                options.secrets().s3AccessKey(),
                options.secrets().s3SecretKey());
    }

    @Override
    public PlatformHealth health() {
        return control.health();
    }

    @Override
    public void pause(Part part) {
        control.stop(part);
    }

    @Override
    public void resume(Part part) {
        control.start(part);
    }

    @Override
    public synchronized void kill() {
        Process killed = process;
        process = null;
        if (killed != null) {
            List<ProcessHandle> descendants = killed.descendants().toList();
            killed.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
            killed.onExit().join();
            descendants.forEach(descendant -> descendant.onExit().join());
        }
    }

    @Override
    public synchronized void restart() {
        close();
        process = new PlatformStart(options).run();
    }

    @Override
    public synchronized void close() {
        Process stopping = process;
        if (stopping == null) {
            return;
        }
        stopping.destroy();
        try {
            if (!stopping.waitFor(STOP_TIMEOUT)) {
                kill();
                throw new PlatformException("the platform did not stop in " + STOP_TIMEOUT.toSeconds()
                        + " s and was killed; its log is " + options.logFile());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("interrupted while the platform stopped", e);
        }
        process = null;
    }

    /** The process id, or -1 when nothing runs. */
    public synchronized long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }
}
