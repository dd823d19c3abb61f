package io.everstate.contracts.bot;

/** That a command with this idempotency key took effect as this event; a repetition gets this answer. */
public record CommandOutcome(String key, long sequence, String type) {}
