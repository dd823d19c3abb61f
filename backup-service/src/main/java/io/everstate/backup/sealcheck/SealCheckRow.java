package io.everstate.backup.sealcheck;

import io.everstate.contracts.backup.SealCheckView.Status;
import io.everstate.contracts.backup.SealHead;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A check of a chain as the database has it. */
@Entity
@Table(name = "seal_check")
class SealCheckRow {
    @Id
    UUID id;

    @Column(name = "workspace")
    String workspace;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    Status status;

    @Column(name = "archives")
    boolean archives;

    @Column(name = "noted_number")
    @Nullable
    Long notedNumber;

    @Column(name = "noted_sha256")
    @Nullable
    String notedSha256;

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

    @Column(name = "head_number")
    @Nullable
    Long headNumber;

    @Column(name = "head_sha256")
    @Nullable
    String headSha256;

    @Column(name = "seals")
    long seals;

    @Column(name = "held")
    long held;

    @Column(name = "removed")
    long removed;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;

    Order order() {
        return new Order(id, workspace, archives, head(notedNumber, notedSha256));
    }

    @Nullable
    SealHead head() {
        return head(headNumber, headSha256);
    }

    private static @Nullable SealHead head(@Nullable Long number, @Nullable String sha256) {
        return number == null || sha256 == null ? null : new SealHead(number, sha256);
    }
}
