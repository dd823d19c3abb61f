package io.everstate.recovery.peer.rest;

import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.supervision.ServiceView;
import io.everstate.recovery.peer.PeerAddresses;
import io.everstate.recovery.peer.PeerException;
import io.everstate.recovery.peer.ProcessSupervisor;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Singleton
final class RestSupervisor implements ProcessSupervisor {
    private static final String PEER = "supervisor";

    private final SupervisorApi api;
    private final boolean configured;

    RestSupervisor(@RestClient SupervisorApi api, PeerAddresses peers) {
        this.api = api;
        this.configured = peers.supervisor().isPresent();
    }

    @Override
    public boolean configured() {
        return configured;
    }

    @Override
    public Optional<ServiceView> service(String name) {
        try {
            return Optional.of(PeerCall.to(PEER, () -> api.service(name)));
        } catch (PeerException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void restart(String name) {
        PeerCall.to(PEER, () -> api.restart(name)).close();
    }
}
