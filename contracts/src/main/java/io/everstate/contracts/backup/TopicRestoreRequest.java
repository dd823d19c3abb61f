package io.everstate.contracts.backup;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a topic to be made again from its segments.
 *
 * @param topicId of the archived one, as the bucket has it
 * @param topic the name of the one to be written, which must be empty or not there; not needed for a check
 * @param dryRun whether the segments are read and checked only, and nothing is written
 */
public record TopicRestoreRequest(
        @Nullable String topicId,
        @Nullable String topic,
        @Nullable Boolean dryRun) {}
