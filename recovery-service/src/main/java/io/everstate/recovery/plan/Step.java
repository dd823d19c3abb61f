package io.everstate.recovery.plan;

import io.everstate.contracts.problem.ProblemException;
import java.time.Duration;

/**
 * One action of a plan. It looks first and acts only on what it finds undone, so that it can be done again after a crash at any moment.
 * What it must know later it asks to remember before it acts.
 */
public interface Step {
    String name();

    /** How long it may take before the run fails. */
    Duration patience();

    /**
     * Goes on a little, for some seconds at most.
     *
     * @throws ProblemException retryable = tried again later, else the run fails
     */
    Progress advance(Situation situation);
}
