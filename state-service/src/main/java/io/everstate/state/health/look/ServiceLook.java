package io.everstate.state.health.look;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/** recovery-service, by its readiness. */
@Singleton
final class ServiceLook implements Look {
    static final String READY = "/q/health/ready";

    private final PeerAddresses peers;
    private final Question question;

    ServiceLook(PeerAddresses peers, Question question) {
        this.peers = peers;
        this.question = question;
    }

    @Override
    public List<Observation> look() {
        return List.of(at(Component.RECOVERY));
    }

    /** A service of one replica. */
    Observation at(Component service) {
        try {
            return Readiness.of(
                    service, question.open(peers.managementOf(service.name()).resolve(READY)));
        } catch (IOException e) {
            return Observation.away(service, Question.why(e));
        }
    }
}
