package io.everstate.backup.restore;

import io.everstate.contracts.backup.RestoreReport;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RestoreView.FreshBackup;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.backup.RestoreView.Step;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A restore as the database has it. RUNNING without a fence waits. */
@Entity
@Table(name = "restore")
class RestoreRow {
    @Id
    UUID id;

    @Column(name = "backup_id")
    UUID backupId;

    @Column(name = "workspace")
    String workspace;

    /** JSON; null = all. */
    @Column(name = "paths")
    @Nullable
    String paths;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    Status status;

    @Enumerated(EnumType.STRING)
    @Column(name = "step")
    Step step;

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

    @Column(name = "safety_backup_id")
    @Nullable
    UUID safetyBackupId;

    /** JSON. */
    @Column(name = "files")
    String files;

    @Column(name = "fresh_backup_id")
    @Nullable
    UUID freshBackupId;

    /** JSON of {@link RestoreOptions}. */
    @Column(name = "options")
    String options;

    /** JSON of {@link RestoreReport}. */
    @Column(name = "report")
    String report;

    @Column(name = "bytes_done")
    @Nullable
    Long bytesDone;

    @Column(name = "bytes_total")
    @Nullable
    Long bytesTotal;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "failure")
    @Nullable
    String failure;

    RestoreView view(List<String> fileList, RestoreReport found, RestoreOptions asked, @Nullable FreshBackup fresh) {
        return new RestoreView(
                id,
                backupId,
                workspace,
                status,
                requestedAt,
                finishedAt,
                safetyBackupId,
                status == Status.COMPLETED || status == Status.PARTIAL ? fileList : List.of(),
                failure,
                step,
                found,
                asked.dryRun() ? true : null,
                asked.to(),
                fresh,
                asked.rollbackOf(),
                bytesDone,
                bytesTotal);
    }
}
