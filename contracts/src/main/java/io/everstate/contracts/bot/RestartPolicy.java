package io.everstate.contracts.bot;

/** What becomes of a running bot when its owner was lost. */
public enum RestartPolicy {
    /** It is marked stopped and waits for a person. */
    MANUAL,
    /** The next owner goes on with it. */
    RESUME
}
