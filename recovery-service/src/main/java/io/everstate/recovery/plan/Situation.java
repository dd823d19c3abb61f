package io.everstate.recovery.plan;

import io.everstate.contracts.recovery.DisasterType;
import java.time.Instant;
import java.util.UUID;

/**
 * What a step knows when it goes on.
 *
 * @param subject the service or workspace that is hit
 */
public record Situation(UUID runId, DisasterType type, String subject, Instant now, Memory memory) {}
