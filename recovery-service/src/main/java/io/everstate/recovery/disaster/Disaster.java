package io.everstate.recovery.disaster;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.DisasterView;
import io.everstate.contracts.recovery.DisasterView.Evidence;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A finding that was recorded, together with the run against it. */
public record Disaster(
        UUID id,
        DisasterType type,
        String subject,
        Instant beganAt,
        Instant detectedAt,
        List<Evidence> evidence,
        UUID runId) {

    public Disaster {
        evidence = List.copyOf(evidence);
    }

    public static Disaster of(Finding finding, Instant now) {
        return new Disaster(
                TimeOrderedUuid.at(now),
                finding.type(),
                finding.subject(),
                finding.beganAt(),
                finding.detectedAt(),
                finding.evidence(),
                TimeOrderedUuid.at(now));
    }

    public DisasterView view() {
        return new DisasterView(id, type, type.severity(), subject, beganAt, detectedAt, evidence, runId);
    }
}
