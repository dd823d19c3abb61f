package io.everstate.backup.rebuild;

import io.everstate.contracts.backup.CatalogueRebuildView.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A rebuild of the catalogue as the database has it. */
@Entity
@Table(name = "catalogue_rebuild")
class RebuildRow {
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

    @Column(name = "archives")
    long archives;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;
}
