package io.everstate.state.snapshot.store;

import io.everstate.contracts.mode.SystemMode;
import io.everstate.contracts.view.SnapshotView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A snapshot without its content, which is written and read piece by piece. Rows are made by {@link SnapshotContents}. */
@Entity
@Table(name = "system_state_snapshots")
public class Snapshot {
    @Id
    @Column(name = "snapshot")
    long key;

    @Column
    UUID id;

    @Column
    @Enumerated(EnumType.STRING)
    SnapshotKind kind;

    @Column
    @Enumerated(EnumType.STRING)
    SnapshotPurpose purpose;

    @Column(name = "asked_by")
    @Nullable
    String askedBy;

    @Column(name = "idempotency_key")
    @Nullable
    String idempotencyKey;

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

    @Column
    @Nullable
    UUID base;

    @Column(name = "base_sha256")
    @Nullable
    String baseSha256;

    @Column
    @Enumerated(EnumType.STRING)
    @Nullable
    SystemMode mode;

    @Column(name = "mode_since")
    @Nullable
    Instant modeSince;

    /** Rises with each snapshot that is recorded, whatever the clocks say. */
    public long key() {
        return key;
    }

    public UUID id() {
        return id;
    }

    public SnapshotKind kind() {
        return kind;
    }

    public SnapshotPurpose purpose() {
        return purpose;
    }

    public int formatVersion() {
        return formatVersion;
    }

    public Instant takenAt() {
        return takenAt;
    }

    /** As JSON, see {@link Cut}. */
    public byte[] cut() {
        return cut;
    }

    public long bots() {
        return bots;
    }

    public long bytes() {
        return bytes;
    }

    public String sha256() {
        return sha256;
    }

    /** What the newest validation found. */
    public boolean valid() {
        return valid;
    }

    /** Of the system when it was taken; null when it was not known. */
    public @Nullable SystemMode mode() {
        return mode;
    }

    /** What the mode was later than this is news to it. */
    public Instant modeKnownUpTo() {
        return modeSince == null ? takenAt : modeSince;
    }

    /** What it builds on; null of a FULL one. */
    public SnapshotView.@Nullable Base base() {
        return base == null || baseSha256 == null ? null : new SnapshotView.Base(base, baseSha256);
    }
}
