package io.everstate.cli.supervision;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.supervision.ServiceView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Keeps several processes alive. They are started at once and wait for each other themselves. Thread-safe. */
public final class Supervisor implements AutoCloseable {

    private final Readiness readiness;
    private final Clock clock;
    private final Journal journal;
    private final List<SupervisedService> services = new ArrayList<>();

    public Supervisor(Readiness readiness, Clock clock, Journal journal) {
        this.readiness = readiness;
        this.clock = clock;
        this.journal = journal;
    }

    public synchronized void start(ServiceSpec spec) {
        SupervisedService service = new SupervisedService(spec, readiness, clock, journal);
        services.add(service);
        service.supervise();
    }

    public synchronized List<ServiceView> services() {
        return services.stream().map(SupervisedService::view).toList();
    }

    public ServiceView service(String name) {
        return find(name).view();
    }

    /** See {@link SupervisedService#restart()}: safe to repeat. */
    public ServiceView restart(String name) {
        SupervisedService service = find(name);
        service.restart();
        return service.view();
    }

    /** Stops these, all at once, and returns when their processes are gone. */
    public void stop(List<String> names) {
        List<Thread> stops = running(names).stream()
                .map(service -> Thread.ofPlatform().start(() -> stop(service)))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        stop(services().stream().map(ServiceView::name).toList());
    }

    private void stop(SupervisedService service) {
        try {
            service.stop();
            Files.deleteIfExists(service.pidFile());
            journal.note(service.name() + " stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            journal.note("a pid file remains: " + e.getMessage());
        }
    }

    private synchronized List<SupervisedService> running(List<String> names) {
        return services.stream()
                .filter(service -> names.contains(service.name()))
                .filter(service -> service.view().state() != ServiceView.State.STOPPED)
                .toList();
    }

    private synchronized SupervisedService find(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "there is no service \"" + name + "\" here"));
    }
}
