package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/** Keeps a backup from being deleted, until the pin is taken away. */
public record PinRequest(@Nullable String reason) {}
