package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/**
 * Says of what a check found of an object that it is known, and why it may stay.
 *
 * @param object its name in the bucket, as the finding has it
 */
public record SealAcknowledgementRequest(
        @Nullable String object, @Nullable String reason) {}
