package io.everstate.recovery.disaster;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import java.time.Instant;
import java.util.List;

/**
 * What a detector is sure of.
 *
 * @param subject the service or workspace that is hit
 * @param beganAt the earliest time that the evidence shows
 * @param evidence of at least two independent signals
 */
public record Finding(DisasterType type, String subject, Instant beganAt, Instant detectedAt, List<Evidence> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
        if (evidence.stream().map(Evidence::signal).distinct().count() < 2) {
            throw new IllegalArgumentException("a disaster needs two independent signals, not " + evidence);
        }
    }
}
