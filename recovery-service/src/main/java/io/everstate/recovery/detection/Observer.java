package io.everstate.recovery.detection;

import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.recovery.detection.ServiceObservation.Supervision;
import io.everstate.recovery.peer.Archives;
import io.everstate.recovery.peer.ProcessSupervisor;
import io.everstate.recovery.peer.ServiceProbe;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Looks at everything at once, so that a look takes as long as the slowest answer and a silent service delays nobody else's. A subject
 * that cannot be looked at is left out: that is no statement about it, and no reason not to look at the others.
 */
final class Observer {
    private static final Logger LOG = Logger.getLogger(Observer.class);

    private final ServiceProbe probe;
    private final ProcessSupervisor supervisor;
    private final Archives archives;
    private final Clock clock;
    private final Executor threads;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    Observer(ServiceProbe probe, ProcessSupervisor supervisor, Archives archives, Clock clock, Executor threads) {
        this.probe = probe;
        this.supervisor = supervisor;
        this.archives = archives;
        this.clock = clock;
        this.threads = threads;
    }

    List<ServiceObservation> services(List<String> services) {
        return each(services, service -> Optional.of(observe(service)));
    }

    /** Workspaces of which backup-service says nothing now are left out: that is no statement about their files. */
    List<InspectionView> workspaces() {
        List<String> names;
        try {
            names = archives.workspaces();
        } catch (ProblemException e) {
            LOG.debugf("no look at the workspaces: %s", e.detail());
            return List.of();
        }
        return each(names, this::inspect);
    }

    private <T> List<T> each(List<String> names, Function<String, Optional<T>> look) {
        var looks = names.stream()
                .map(name -> CompletableFuture.supplyAsync(() -> guarded(name, look), threads))
                .toList();
        return looks.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Says once what goes wrong with a subject, until a look at it succeeds again. */
    private <T> Optional<T> guarded(String name, Function<String, Optional<T>> look) {
        try {
            var seen = look.apply(name);
            failing.remove(name);
            return seen;
        } catch (RuntimeException e) {
            if (failing.add(name)) {
                LOG.errorf(e, "%s cannot be looked at", name);
            }
            return Optional.empty();
        }
    }

    private ServiceObservation observe(String service) {
        var supervision = supervision(service);
        return new ServiceObservation(
                service, clock.instant(), probe.health(service), probe.port(service), supervision);
    }

    private Supervision supervision(String service) {
        if (!supervisor.configured()) {
            return new Supervision.Unknown("no supervisor is configured");
        }
        try {
            return supervisor
                    .service(service)
                    .<Supervision>map(Supervision.Reported::new)
                    .orElseGet(() -> new Supervision.Unknown("the supervisor does not know it"));
        } catch (ProblemException e) {
            return new Supervision.Unknown(e.detail());
        }
    }

    private Optional<InspectionView> inspect(String workspace) {
        try {
            return Optional.of(archives.inspection(workspace));
        } catch (ProblemException e) {
            LOG.debugf("no look at workspace %s: %s", workspace, e.detail());
            return Optional.empty();
        }
    }
}
