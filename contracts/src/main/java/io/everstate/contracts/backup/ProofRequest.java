package io.everstate.contracts.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says that a drill restored a backup.
 *
 * @param at when what it restored was compared
 * @param drillRun which run of a drill
 * @param compared what was compared with what
 */
public record ProofRequest(
        @Nullable Instant at,
        @Nullable String drillRun,
        @Nullable String compared) {}
