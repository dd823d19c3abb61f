package io.everstate.state.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param findings what is wrong, each a sentence; empty when valid */
record ValidationView(UUID snapshotId, Instant validatedAt, boolean valid, List<String> findings) {}
