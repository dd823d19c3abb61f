package io.everstate.backup.verification;

import io.everstate.contracts.backup.VerificationView;
import io.everstate.contracts.backup.VerificationView.Finding;
import io.everstate.contracts.backup.VerificationView.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A verification as the database has it. */
@Entity
@Table(name = "verification")
class VerificationRow {
    private static final int ALL = 100;

    @Id
    UUID id;

    @Column(name = "workspace")
    String workspace;

    @Column(name = "backup_id")
    @Nullable
    UUID backupId;

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

    @Column(name = "fence")
    @Nullable
    Long fence;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "archives")
    int archives;

    @Column(name = "bytes_total")
    long bytesTotal;

    @Column(name = "bytes_done")
    long bytesDone;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;

    /** @param now to which the rate is counted while it runs */
    VerificationView view(List<Finding> findings, Instant now) {
        var rate = rate(finishedAt == null ? now : finishedAt);
        var left = Math.max(0, bytesTotal - bytesDone);
        return new VerificationView(
                id,
                workspace,
                backupId,
                status,
                requestedAt,
                startedAt,
                finishedAt,
                archives,
                bytesTotal,
                bytesDone,
                percent(),
                rate,
                status != Status.RUNNING || rate == null || rate == 0 ? null : left / rate,
                findings,
                failure);
    }

    private int percent() {
        if (bytesTotal > 0) {
            return (int) Math.min(ALL, ALL * bytesDone / bytesTotal);
        }
        return status == Status.COMPLETED ? ALL : 0;
    }

    private @Nullable Long rate(Instant until) {
        if (startedAt == null) {
            return null;
        }
        var millis = Math.max(1, Duration.between(startedAt, until).toMillis());
        return Duration.ofSeconds(1).toMillis() * bytesDone / millis;
    }
}
