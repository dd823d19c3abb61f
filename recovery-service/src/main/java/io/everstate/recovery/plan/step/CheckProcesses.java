package io.everstate.recovery.plan.step;

import io.everstate.contracts.supervision.ServiceView.State;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import java.time.Duration;
import java.util.List;

/** Notes the state of each process. A dead backup-service is started here already: the restores that follow need it. */
final class CheckProcesses extends AbstractStep {
    private static final String NEEDED = "backup-service";

    private final Peers peers;
    private final List<String> services;

    CheckProcesses(String name, Duration patience, List<String> services, Peers peers) {
        super(name, patience);
        this.peers = peers;
        this.services = services;
    }

    @Override
    public Progress advance(Situation situation) {
        var found = String.join("; ", services.stream().map(this::described).toList());
        return new Progress.Done(found, situation.memory());
    }

    private String described(String service) {
        if (!peers.supervisor().configured()) {
            return service + " " + peers.probe().health(service).finding();
        }
        var process = peers.supervisor().service(service);
        if (service.equals(NEEDED)
                && process.filter(p -> p.state() == State.DOWN).isPresent()) {
            peers.supervisor().restart(service);
            return service + " DOWN, started";
        }
        return process.map(p -> service + " " + p.state() + " (process " + p.pid() + ")")
                .orElse(service + " is not supervised");
    }
}
