package io.everstate.cli.supervision;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.supervision.ServiceView.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one process alive. A thread of its own is the only one that changes the phase; others send it a signal. An end that nobody
 * asked for leads to a new start after the backoff's delay.
 */
final class SupervisedService {

    private static final Duration PROBE_WHILE_STARTING = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A start takes seconds. Who asks for a restart of one that has taken this long does not repeat an earlier wish. */
    static final Duration LATE = Duration.ofMinutes(1);
    /** Of a start that failed before there was a process; the shell's number for "command not found". */
    private static final int NOT_STARTED = 127;

    private enum Signal {
        ENDED,
        RESTART,
        STOP
    }

    private final ServiceSpec spec;
    private final Readiness readiness;
    private final Clock clock;
    private final Journal journal;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile Phase phase;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger crashes = new AtomicInteger();
    private int endsInARow;

    SupervisedService(ServiceSpec spec, Readiness readiness, Clock clock, Journal journal) {
        this.spec = spec;
        this.readiness = readiness;
        this.clock = clock;
        this.journal = journal;
        this.thread = Thread.ofPlatform().name("supervise-" + spec.name()).unstarted(this::run);
        try {
            this.phase = new Phase.Starting(launch());
        } catch (IOException e) {
            throw new UncheckedIOException(spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    void supervise() {
        thread.start();
    }

    String name() {
        return spec.name();
    }

    Path pidFile() {
        return spec.pidFile();
    }

    ServiceView view() {
        return switch (phase) {
            case Phase.Starting starting -> alive(State.STARTING, starting.child());
            case Phase.Up up -> alive(State.UP, up.child());
            case Phase.Down down -> ended(State.DOWN, down.exit());
            case Phase.Stopped stopped -> ended(State.STOPPED, stopped.exit());
        };
    }

    /**
     * Starts it at once if it is down, ends and starts it if it is up or has been starting for a minute, does nothing while it is
     * starting anyway. Returns before that is done.
     */
    void restart() {
        if (phase instanceof Phase.Stopped) {
            throw new ProblemException(ProblemType.CONFLICT, spec.name() + " was stopped on purpose");
        }
        signals.add(Signal.RESTART);
    }

    /** Returns when the process is gone, even if the thread that watched it has failed; there is no way back. */
    void stop() throws InterruptedException {
        signals.add(Signal.STOP);
        thread.join();
        switch (phase) {
            case Phase.Starting starting -> phase = new Phase.Stopped(end(starting.child()));
            case Phase.Up up -> phase = new Phase.Stopped(end(up.child()));
            case Phase.Down down -> phase = new Phase.Stopped(down.exit());
            case Phase.Stopped _ -> {}
        }
    }

    private ServiceView alive(State state, ChildProcess child) {
        return new ServiceView(
                spec.name(), state, child.pid(), restarts.get(), crashes.get(), child.startedAt(), null, null);
    }

    private ServiceView ended(State state, Phase.Exit exit) {
        return new ServiceView(
                spec.name(),
                state,
                exit.pid(),
                restarts.get(),
                crashes.get(),
                exit.startedAt(),
                exit.at(),
                exit.code());
    }

    private void run() {
        try {
            while (!(phase instanceof Phase.Stopped)) {
                Signal signal = signals.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
                phase = next(signal);
            }
        } catch (InterruptedException e) {
            journal.note("the supervision of " + spec.name() + " was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return switch (phase) {
            case Phase.Starting _ -> PROBE_WHILE_STARTING;
            case Phase.Down down
            when down.dueAt().isBefore(clock.instant().plus(LOOK)) -> {
                Duration left = Duration.between(clock.instant(), down.dueAt());
                yield left.isNegative() ? Duration.ZERO : left.plusMillis(1);
            }
            default -> LOOK;
        };
    }

    private Phase next(@Nullable Signal signal) throws InterruptedException {
        return switch (phase) {
            case Phase.Starting starting -> whileStarting(starting, signal);
            case Phase.Up up -> whileUp(up, signal);
            case Phase.Down down -> whileDown(down, signal);
            case Phase.Stopped stopped -> stopped;
        };
    }

    private Phase whileStarting(Phase.Starting starting, @Nullable Signal signal) throws InterruptedException {
        if (signal == Signal.STOP) {
            return new Phase.Stopped(end(starting.child()));
        }
        if (!starting.child().alive()) {
            return down(starting.child(), Duration.ZERO);
        }
        if (readiness.answers(spec.readiness())) {
            Instant now = clock.instant();
            journal.note(spec.name() + " is up after "
                    + Duration.between(starting.child().startedAt(), now).toMillis() + " ms (pid "
                    + starting.child().pid() + ")");
            return starting.ready(now);
        }
        if (signal == Signal.RESTART && !starting.child().startedAt().plus(LATE).isAfter(clock.instant())) {
            return restartedAsAsked(starting.child());
        }
        return starting;
    }

    private Phase whileUp(Phase.Up up, @Nullable Signal signal) throws InterruptedException {
        if (signal == Signal.STOP) {
            return new Phase.Stopped(end(up.child()));
        }
        if (!up.child().alive()) {
            return down(up.child(), Duration.between(up.since(), clock.instant()));
        }
        if (signal == Signal.RESTART) {
            return restartedAsAsked(up.child());
        }
        return up;
    }

    private Phase restartedAsAsked(ChildProcess child) throws InterruptedException {
        journal.note(spec.name() + " is restarted as asked");
        return startedAgain(end(child));
    }

    private Phase whileDown(Phase.Down down, @Nullable Signal signal) {
        if (signal == Signal.STOP) {
            return new Phase.Stopped(down.exit());
        }
        boolean due = !down.dueAt().isAfter(clock.instant());
        return due || signal == Signal.RESTART ? startedAgain(down.exit()) : down;
    }

    private Phase down(ChildProcess child, Duration healthyFor) {
        crashes.incrementAndGet();
        endsInARow = healthyFor.compareTo(spec.backoff().healthy()) >= 0 ? 0 : endsInARow;
        return waiting(Phase.Exit.of(child, clock.instant()), "ended with code " + child.exitCode());
    }

    private Phase waiting(Phase.Exit exit, String what) {
        Duration delay = spec.backoff().delay(endsInARow++);
        journal.note(spec.name() + " (pid " + exit.pid() + ") " + what + "; it is started again in "
                + delay.toMillis() / 1000.0 + " s; its log is " + spec.log());
        return new Phase.Down(exit, clock.instant().plus(delay));
    }

    private Phase startedAgain(Phase.Exit before) {
        restarts.incrementAndGet();
        try {
            return new Phase.Starting(launch());
        } catch (IOException e) {
            Instant now = clock.instant();
            return waiting(
                    new Phase.Exit(before.pid(), before.startedAt(), now, NOT_STARTED),
                    "cannot be started: " + e.getMessage());
        }
    }

    private Phase.Exit end(ChildProcess child) throws InterruptedException {
        child.stop(
                spec.patience(),
                () -> journal.note(
                        spec.name() + " did not stop within " + spec.patience().toSeconds() + " s; it is killed"));
        return Phase.Exit.of(child, clock.instant());
    }

    private ChildProcess launch() throws IOException {
        ChildProcess child = ChildProcess.start(spec, clock.instant(), journal);
        child.onExit(() -> signals.add(Signal.ENDED));
        return child;
    }
}
