package io.everstate.recovery.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.recovery.peer.ServiceProbe;
import io.everstate.recovery.plan.step.Peers;
import io.everstate.recovery.world.World;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private final Peers peers = World.healthy(Clock.systemUTC()).peers();

    @Test
    void looksAtTheOtherServicesWhenOneCannotBeLookedAt() {
        var probe = new UnusableAddress("bot-service", peers.probe());
        var observer = new Observer(probe, peers.supervisor(), peers.archives(), Clock.systemUTC(), Runnable::run);

        var seen = observer.services(List.of("bot-service", "state-service", "backup-service"));

        assertThat(seen).extracting(ServiceObservation::service).containsExactly("state-service", "backup-service");
    }

    /** As an address without a host fails. */
    private record UnusableAddress(String service, ServiceProbe others) implements ServiceProbe {
        @Override
        public Knock health(String asked) {
            return others.health(asked);
        }

        @Override
        public Knock port(String asked) {
            if (asked.equals(service)) {
                throw new IllegalArgumentException("hostname can't be null");
            }
            return others.port(asked);
        }

        @Override
        public boolean ready(String asked) {
            return others.ready(asked);
        }
    }
}
