package io.everstate.backup.schedule;

import io.everstate.contracts.backup.BackupKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was said by REST of a workspace and kind, and which time was its turn last, whoever said when. */
@Entity
@Table(name = "schedule")
class ScheduleRow {
    @Id
    @Column(name = "id")
    String id;

    @Column(name = "workspace")
    String workspace;

    @Enumerated(EnumType.STRING)
    @Column(name = "kind")
    BackupKind kind;

    @Column(name = "version")
    long version;

    /** Null where the configuration counts. */
    @Column(name = "cron")
    @Nullable
    String cron;

    @Column(name = "zone")
    @Nullable
    String zone;

    @Column(name = "changed_by")
    @Nullable
    String changedBy;

    /** By what {@link #lastTime} was counted. */
    @Column(name = "counted_by")
    @Nullable
    String countedBy;

    @Column(name = "last_time")
    @Nullable
    Instant lastTime;
}
