package io.everstate.cli.suite;

import io.everstate.cli.console.CommandFailedException;
import io.everstate.cli.console.ExitCode;
import io.everstate.cli.console.Json;
import io.everstate.cli.place.Addresses;
import io.everstate.cli.place.DataDirectory;
import io.everstate.cli.place.PortName;
import io.everstate.cli.place.ServiceName;
import io.everstate.cli.supervision.Journal;
import io.everstate.cli.supervision.Readiness;
import io.everstate.cli.supervision.Supervisor;
import io.everstate.cli.supervision.SupervisorEndpoint;
import io.everstate.contracts.supervision.ServiceView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All of Everstate on this machine, supervised by this process. Closed in order: see {@link StopOrder}. */
public final class Suite implements AutoCloseable {

    private final SuiteOptions options;
    private final Clock clock;
    private final Journal journal;
    private final Supervisor supervisor;
    private final Orphans orphans;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();

    private Suite(SuiteOptions options, Clock clock, Journal journal) {
        this.options = options;
        this.clock = clock;
        this.journal = journal;
        this.supervisor = new Supervisor(Readiness.byHttp(), clock, journal);
        this.orphans = new Orphans(options.data(), journal);
    }

    /** Nothing is started yet, but whoever must stop it can already hold it. */
    public static Suite of(SuiteOptions options, Clock clock, Journal journal) {
        return new Suite(options, clock, journal);
    }

    /**
     * Returns when all processes are started; they become ready later. If something is in the way, nothing is left running and the
     * error says what.
     */
    public synchronized void start() {
        options.installation().requireBuilt();
        options.data().create();
        try {
            begin();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    public List<ServiceView> services() {
        return supervisor.services();
    }

    public boolean ready() {
        return services().stream().allMatch(service -> service.state() == ServiceView.State.UP);
    }

    /** Stops everything in order and returns when no process is left. */
    @Override
    public synchronized void close() {
        StopOrder.STEPS.forEach(supervisor::stop);
        if (!held.isEmpty()) {
            orphans.endPostgres();
        }
        while (!held.isEmpty()) {
            close(held.pop());
        }
    }

    private void begin() {
        DataDirectory data = options.data();
        held.push(SuiteLock.take(data));
        held.push(SuiteLock.announceSupervisor(data));
        orphans.end();
        options.ports().requireFree();
        Credentials credentials = Credentials.in(data);
        credentials.writeTokens();
        held.push(renewal(credentials));
        held.push(endpoint(credentials));
        new Addresses(
                        ProcessHandle.current().pid(),
                        clock.instant(),
                        options.ports().numbers())
                .write(data);
        held.push(() -> Files.deleteIfExists(data.addresses()));
        Blueprint blueprint = new Blueprint(options, credentials, System.getenv());
        supervisor.start(blueprint.platform());
        for (ServiceName service : ServiceName.values()) {
            supervisor.start(blueprint.service(service));
        }
    }

    private ScheduledExecutorService renewal(Credentials credentials) {
        ScheduledExecutorService executor =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
        long seconds = Credentials.RENEWAL.toSeconds();
        var _ = executor.scheduleAtFixedRate(() -> renew(credentials), seconds, seconds, TimeUnit.SECONDS);
        return executor;
    }

    /** A failure is told and tried again a day later: the tokens last for a month. */
    private void renew(Credentials credentials) {
        try {
            credentials.writeTokens();
        } catch (RuntimeException e) {
            journal.note("the tokens could not be renewed: " + e.getMessage());
        }
    }

    private SupervisorEndpoint endpoint(Credentials credentials) {
        try {
            return SupervisorEndpoint.start(
                    options.ports().of(PortName.SUPERVISOR), supervisor, credentials.identity(), Json.MAPPER, journal);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCode.NOT_STARTED, "the supervisor's endpoint does not start: " + e.getMessage(), e);
        }
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            journal.note("on the way down: " + e.getMessage());
        }
    }
}
