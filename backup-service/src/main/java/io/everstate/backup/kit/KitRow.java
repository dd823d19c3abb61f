package io.everstate.backup.kit;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A kit that somebody keeps. */
@Entity
@Table(name = "recovery_kit")
class KitRow {
    /** Of its {@code SHA256SUMS}. */
    @Id
    @Column(name = "sha256")
    String sha256;

    @Column(name = "made_at")
    Instant madeAt;

    @Column(name = "kept_at")
    Instant keptAt;

    @Column(name = "kept_by")
    String keptBy;

    @Column(name = "place")
    String place;

    @ElementCollection
    @CollectionTable(name = "recovery_kit_backup", joinColumns = @JoinColumn(name = "sha256"))
    @Column(name = "backup_id")
    Set<UUID> backups;
}
