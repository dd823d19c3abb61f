package io.everstate.backup.retention;

import io.everstate.contracts.backup.RetentionRunView;
import io.everstate.contracts.backup.RetentionRunView.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A clean-up as the database has it. */
@Entity
@Table(name = "retention_run")
class RetentionRunRow {
    @Id
    UUID id;

    @Column(name = "workspace")
    String workspace;

    @Column(name = "backup_id")
    @Nullable
    UUID backupId;

    @Column(name = "reason")
    @Nullable
    String reason;

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

    @Column(name = "deleted")
    int deleted;

    @Column(name = "refusal")
    @Nullable
    String refusal;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    Wanted wanted() {
        return new Wanted(workspace, backupId, reason);
    }

    RetentionRunView view() {
        return new RetentionRunView(id, workspace, backupId, status, requestedAt, finishedAt, deleted, refusal);
    }
}
