package io.everstate.recovery.peer;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.supervision.ServiceView;
import java.util.Optional;

/** Keeps the processes of one machine alive; a cluster has none, there the platform itself restarts. */
public interface ProcessSupervisor {
    boolean configured();

    /**
     * @return empty when it does not know the service
     * @throws ProblemException when it does not answer
     */
    Optional<ServiceView> service(String name);

    /** Starts a dead process at once. */
    void restart(String name);
}
