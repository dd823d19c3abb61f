package io.everstate.state.snapshot.validation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * @param score of the quality, 0 to 100; 100 only when valid
 * @param findings what is wrong, each a sentence; empty when valid
 */
public record ValidationView(UUID snapshotId, Instant validatedAt, boolean valid, int score, List<String> findings) {}
