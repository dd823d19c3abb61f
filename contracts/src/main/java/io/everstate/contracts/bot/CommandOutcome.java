package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;

/** That a command with this idempotency key took effect as this event; a repetition gets this answer. */
public record CommandOutcome(String key, long sequence, String type) {
    public CommandOutcome {
        requireNonNull(key, "key");
        requireNonNull(type, "type");
    }
}
