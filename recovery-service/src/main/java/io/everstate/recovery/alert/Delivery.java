package io.everstate.recovery.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of an alert so far. */
sealed interface Delivery {
    /** How often it was tried. */
    int attempts();

    /** Why the newest attempt did not succeed; null when there was none, or it did. */
    default @Nullable String lastProblem() {
        return null;
    }

    record Waiting(int attempts, Instant dueAt, @Nullable String lastProblem) implements Delivery {}

    record Sent(int attempts, Instant at) implements Delivery {}

    /** The channel will never take it. */
    record Refused(int attempts, String lastProblem) implements Delivery {}

    /** The channel could not be reached often enough. */
    record GivenUp(int attempts, String lastProblem) implements Delivery {}
}
