package io.everstate.recovery.detection;

import io.everstate.contracts.supervision.ServiceView;
import io.everstate.recovery.peer.ServiceProbe.Knock;
import java.time.Instant;

/**
 * What one look saw of a service.
 *
 * @param health of its management interface
 * @param port its REST port
 */
record ServiceObservation(String service, Instant at, Knock health, Knock port, Supervision supervision) {

    sealed interface Supervision {
        /** Nobody on this machine, or it does not answer, or it does not know the service. */
        record Unknown(String why) implements Supervision {}

        record Reported(ServiceView process) implements Supervision {}
    }
}
