package io.everstate.state.snapshot;

import io.everstate.state.content.SnapshotContent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A snapshot without its content, which is written and read piece by piece. Rows are made by {@link SnapshotContents}. */
@Entity
@Table(name = "system_state_snapshots")
class Snapshot {
    @Id
    @Column(name = "snapshot")
    long key;

    @Column
    UUID id;

    @Column
    @Enumerated(EnumType.STRING)
    SnapshotKind kind;

    @Column(name = "format_version")
    int formatVersion;

    @Column(name = "taken_at")
    Instant takenAt;

    @Column
    byte[] cut;

    @Column
    long bots;

    @Column
    long bytes;

    @Column
    String sha256;

    @Column
    boolean valid;

    SnapshotContent content() {
        return new SnapshotContent(bots, bytes, sha256);
    }
}
