package io.everstate.recovery.world;

import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.peer.PeerException;
import io.everstate.recovery.peer.ProcessSupervisor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes under a supervisor that starts nothing by itself. */
public final class Processes implements ProcessSupervisor {
    private final Clock clock;
    private final Map<String, ServiceView> services = new LinkedHashMap<>();
    private final List<String> restarts = new ArrayList<>();
    private Runnable whenBotsStart = () -> {};
    private boolean configured = true;
    private boolean slow;
    private long pids = 100;

    Processes(Clock clock) {
        this.clock = clock;
        for (var name : List.of("bot-service", "state-service", "backup-service")) {
            services.put(name, new ServiceView(name, State.UP, pids++, 0, 0, clock.instant(), null, null));
        }
    }

    void whenBotServiceStarts(Runnable action) {
        whenBotsStart = action;
    }

    public synchronized void withoutSupervisor() {
        configured = false;
    }

    /** A process that is started stays STARTING until {@link #finishStarting}. */
    public synchronized void startSlowly() {
        slow = true;
    }

    public synchronized void finishStarting(String name) {
        put(name, State.UP);
    }

    /** SIGKILL. */
    public synchronized void kill(String name) {
        var old = view(name);
        services.put(
                name,
                new ServiceView(
                        name,
                        State.DOWN,
                        old.pid(),
                        old.restarts(),
                        old.crashes() + 1,
                        old.startedAt(),
                        clock.instant(),
                        137));
    }

    public synchronized void stop(String name) {
        put(name, State.STOPPED);
    }

    /** By nobody's request here. */
    public synchronized void start(String name) {
        var old = view(name);
        var state = slow ? State.STARTING : State.UP;
        services.put(
                name,
                new ServiceView(name, state, pids++, old.restarts() + 1, old.crashes(), clock.instant(), null, null));
        if (name.equals("bot-service")) {
            whenBotsStart.run();
        }
    }

    private void put(String name, State state) {
        var old = view(name);
        services.put(
                name,
                new ServiceView(name, state, old.pid(), old.restarts(), old.crashes(), old.startedAt(), null, null));
    }

    private ServiceView view(String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }

    public synchronized boolean isUp(String name) {
        return view(name).state() == State.UP;
    }

    /** Names of the services whose restart was asked for, in order. */
    public synchronized List<String> restarts() {
        return List.copyOf(restarts);
    }

    void mustBeUp(String name) {
        if (!isUp(name)) {
            throw new PeerException(ProblemType.UNAVAILABLE, name + " does not answer", null);
        }
    }

    @Override
    public synchronized boolean configured() {
        return configured;
    }

    @Override
    public synchronized Optional<ServiceView> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    @Override
    public synchronized void restart(String name) {
        restarts.add(name);
        if (view(name).state() == State.DOWN) {
            start(name);
        }
    }
}
