package io.everstate.cli.supervision;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One run of a service as an operating system process; its output goes to the service's log. */
final class ChildProcess {

    private static final int PUMP_STACK = 128 << 10;

    private final Process process;
    private final Instant startedAt;
    private final Thread pump;

    private ChildProcess(Process process, Instant startedAt, Thread pump) {
        this.process = process;
        this.startedAt = startedAt;
        this.pump = pump;
    }

    /** Returns when the process runs and its pid file is written; when that fails, nothing of it is left. */
    static ChildProcess start(ServiceSpec spec, Instant now, Journal journal) throws IOException {
        RotatingFile log = RotatingFile.on(spec.log());
        try {
            return watched(launched(spec), spec, now, log, journal);
        } catch (IOException | RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private static Process launched(ServiceSpec spec) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(spec.command()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !Inherited.passedOn(name));
        builder.environment().putAll(spec.environment());
        return builder.start();
    }

    /** A process of which nobody knows would hold its port for ever, and stop when the pipe of its output is full. */
    private static ChildProcess watched(
            Process process, ServiceSpec spec, Instant now, RotatingFile log, Journal journal) throws IOException {
        try {
            PidFile.of(process.toHandle(), spec.marker()).write(spec.pidFile());
            process.getOutputStream().close();
            Thread pump = new Thread(
                    null, () -> pump(spec, process.getInputStream(), log, journal), "log-" + spec.name(), PUMP_STACK);
            pump.setDaemon(true);
            pump.start();
            return new ChildProcess(process, now, pump);
        } catch (IOException | RuntimeException | Error e) {
            process.destroyForcibly();
            process.onExit().join();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    Instant startedAt() {
        return startedAt;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** 128 + signal number when a signal ended it. */
    int exitCode() {
        return process.exitValue();
    }

    void onExit(Runnable reaction) {
        var _ = process.onExit().thenRun(reaction);
    }

    /** Asks the process to end, kills it when it has not within the patience, and returns when it is gone and its log is written. */
    void stop(Duration patience, Runnable whenKilled) throws InterruptedException {
        process.toHandle().destroy(); // Process.destroy would close its output, and its last words would be lost
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            whenKilled.run();
            process.destroyForcibly().waitFor();
        }
        pump.join(Duration.ofSeconds(1));
    }

    /** Reads on even when nothing can be written any more: a full pipe would stop the service. */
    private static void pump(ServiceSpec spec, InputStream output, RotatingFile log, Journal journal) {
        byte[] buffer = new byte[8 << 10];
        boolean told = false;
        try (output;
                log) {
            for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                try {
                    log.write(buffer, 0, length);
                } catch (IOException e) {
                    if (!told) {
                        journal.note("the log of " + spec.name() + " cannot be written: " + e.getMessage());
                    }
                    told = true;
                }
            }
        } catch (IOException e) {
            journal.note("the output of " + spec.name() + " broke: " + e.getMessage());
        }
    }
}
