package io.everstate.backup.retention;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a clean-up is about.
 *
 * @param backup the only one that may go; null where the policy says which go
 * @param reason why that one is to go
 */
record Wanted(
        String workspace, @Nullable UUID backup, @Nullable String reason) {}
