package io.everstate.recovery.run;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.recovery.disaster.Disaster;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "DisasterRow")
@Table(name = "disaster")
class DisasterRow {
    @Id
    private UUID id;

    @Column
    @Enumerated(EnumType.STRING)
    private DisasterType type;

    @Column
    private String subject;

    @Column(name = "began_at")
    private Instant beganAt;

    @Column(name = "detected_at")
    private Instant detectedAt;

    @Column
    private String evidence;

    @Column(name = "run_id")
    private UUID runId;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @Column
    private @Nullable Boolean recovered;

    protected DisasterRow() {}

    DisasterRow(Disaster disaster, RunJson json) {
        this.id = disaster.id();
        this.type = disaster.type();
        this.subject = disaster.subject();
        this.beganAt = disaster.beganAt();
        this.detectedAt = disaster.detectedAt();
        this.evidence = json.evidence(disaster.evidence());
        this.runId = disaster.runId();
    }

    Disaster disaster(RunJson json) {
        return new Disaster(id, type, subject, beganAt, detectedAt, json.evidence(evidence), runId);
    }

    void end(Instant at, boolean success) {
        endedAt = at;
        recovered = success;
    }
}
