package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/** Asks for a clean-up of a workspace's backups. */
public record RetentionRequest(@Nullable String workspace) {}
