package io.everstate.backup.catalogue;

import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Backup.Deleted;
import io.everstate.backup.catalogue.Backup.Expired;
import io.everstate.backup.catalogue.Backup.Expiry;
import io.everstate.backup.catalogue.Backup.Failed;
import io.everstate.backup.catalogue.Backup.Found;
import io.everstate.backup.catalogue.Backup.Proof;
import io.everstate.backup.catalogue.Backup.Requested;
import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Backup.Uploaded;
import io.everstate.backup.catalogue.Backup.Verified;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A backup as the catalogue stores it. */
@Entity
@Table(name = "backup")
class BackupRow {
    @Id
    UUID id;

    @Column(name = "workspace")
    String workspace;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind")
    BackupKind kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    Status status;

    @Column(name = "description")
    String description;

    @Column(name = "safety")
    boolean safety;

    @Column(name = "packing")
    String packing;

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

    @Column(name = "files")
    int files;

    @Column(name = "bytes_done")
    long bytesDone;

    @Column(name = "bytes_total")
    @Nullable
    Long bytesTotal;

    @Column(name = "object_name")
    @Nullable
    String objectName;

    @Column(name = "manifest_name")
    @Nullable
    String manifestName;

    @Column(name = "archive_bytes")
    @Nullable
    Long archiveBytes;

    @Column(name = "sha256")
    @Nullable
    String sha256;

    @Column(name = "md5")
    @Nullable
    String md5;

    @Column(name = "manifest_sha256")
    @Nullable
    String manifestSha256;

    @Column(name = "verified_at")
    @Nullable
    Instant verifiedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;

    @Column(name = "pin")
    @Nullable
    String pin;

    @Column(name = "expired_at")
    @Nullable
    Instant expiredAt;

    @Column(name = "remains")
    @Nullable
    UUID remains;

    @Column(name = "base_id")
    @Nullable
    UUID baseId;

    @Column(name = "chain_position")
    int chainPosition;

    @Column(name = "note")
    @Nullable
    String note;

    @Column(name = "proven_at")
    @Nullable
    Instant provenAt;

    @Column(name = "proof_drill")
    @Nullable
    String proofDrill;

    @Column(name = "proof_compared")
    @Nullable
    String proofCompared;

    @Column(name = "swept")
    boolean swept;

    static BackupRow of(BackupHead head) {
        var row = new BackupRow();
        row.id = head.id();
        row.workspace = head.workspace();
        row.status = Status.REQUESTED;
        row.description = head.description();
        row.safety = head.safety();
        row.requestedAt = head.requestedAt();
        row.packing = head.packing();
        row.settle(head);
        return row;
    }

    void settle(BackupHead head) {
        kind = head.kind();
        baseId = head.link().base();
        chainPosition = head.link().position();
        note = head.link().note();
    }

    /** What the row says, as the state it is in. */
    Backup backup() {
        var link = new Link(baseId, chainPosition, note);
        var head = new BackupHead(id, workspace, kind, description, safety, requestedAt, packing, link);
        return switch (status) {
            case REQUESTED -> new Requested(head);
            case RUNNING -> new Running(head, present(fence));
            case UPLOADED -> new Uploaded(head, present(fence), archive());
            case FOUND -> new Found(head, archive());
            case COMPLETED -> completed(new Verified(head, archive(), present(verifiedAt)));
            case FAILED -> new Failed(head, present(failure), present(finishedAt));
            case CORRUPTED -> new Corrupted(head, archive(), present(failure), present(finishedAt));
            case EXPIRED -> new Expired(head, archive(), expiry());
            case DELETED -> new Deleted(head, archive(), expiry(), present(finishedAt));
        };
    }

    private Completed completed(Verified verified) {
        return provenAt == null ? verified : verified.prove(proof(provenAt));
    }

    private Proof proof(Instant at) {
        return new Proof(at, present(proofDrill), present(proofCompared));
    }

    private StoredArchive archive() {
        return new StoredArchive(
                present(objectName),
                present(manifestName),
                present(archiveBytes),
                present(sha256),
                present(md5),
                present(manifestSha256),
                files);
    }

    private Expiry expiry() {
        return new Expiry(present(failure), present(remains), present(expiredAt));
    }

    void store(StoredArchive archive) {
        objectName = archive.objectName();
        manifestName = archive.manifestName();
        archiveBytes = archive.bytes();
        sha256 = archive.sha256();
        md5 = archive.md5();
        manifestSha256 = archive.manifestSha256();
        files = archive.files();
    }

    private static <T> T present(@Nullable T column) {
        return Objects.requireNonNull(column, "a column that this status has");
    }

    BackupView view() {
        return new BackupView(
                id,
                workspace,
                kind,
                status,
                description,
                requestedAt,
                verifiedAt,
                files,
                bytesDone,
                bytesTotal,
                archiveBytes,
                objectName,
                sha256,
                md5,
                failure,
                pin,
                baseId,
                baseId == null ? null : chainPosition,
                note,
                provenAt == null ? null : new BackupView.Proof(provenAt, present(proofDrill), present(proofCompared)));
    }
}
