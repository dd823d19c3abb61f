package io.everstate.state.past;

import java.time.Instant;

/**
 * Where a partition was when a snapshot was taken.
 *
 * @param topicId of the log in which that is
 * @param offset of the first record that is not in the snapshot
 * @param time when it was taken
 */
public record CutPlace(String topicId, long offset, Instant time) {}
