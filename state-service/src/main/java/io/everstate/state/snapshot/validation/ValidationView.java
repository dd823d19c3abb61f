package io.everstate.state.snapshot.validation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * @param valid whether it may be used
 * @param score of the quality, 0 to 100; 100 only when nothing was found
 * @param findings what is wrong, each a sentence. A valid one has some when it is what was written, but less than the FULL one before it
 */
public record ValidationView(UUID snapshotId, Instant validatedAt, boolean valid, int score, List<String> findings) {}
