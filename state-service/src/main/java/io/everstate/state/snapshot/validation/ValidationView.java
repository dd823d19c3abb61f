package io.everstate.state.snapshot.validation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param findings what is wrong, each a sentence; empty when valid */
public record ValidationView(UUID snapshotId, Instant validatedAt, boolean valid, List<String> findings) {}
