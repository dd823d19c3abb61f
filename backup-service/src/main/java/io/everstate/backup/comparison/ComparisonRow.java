package io.everstate.backup.comparison;

import io.everstate.contracts.backup.BucketComparisonView.Status;
import io.everstate.contracts.backup.BucketComparisonView.Sweep;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A comparison as the database has it. */
@Entity
@Table(name = "bucket_comparison")
class ComparisonRow {
    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    Status status;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "idempotency_key")
    @Nullable
    String idempotencyKey;

    @Column(name = "fingerprint")
    @Nullable
    String fingerprint;

    @Column(name = "objects")
    long objects;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;

    @Enumerated(EnumType.STRING)
    @Column(name = "sweep")
    @Nullable
    Sweep sweep;

    @Column(name = "sweep_by")
    @Nullable
    String sweepBy;

    @Column(name = "sweep_refusal")
    @Nullable
    String sweepRefusal;
}
