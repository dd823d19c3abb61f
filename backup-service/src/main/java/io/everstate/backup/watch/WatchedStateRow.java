package io.everstate.backup.watch;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** In which state something was seen last. */
@Entity
@Table(name = "watched_state")
class WatchedStateRow {
    @Id
    @Column(name = "subject")
    String subject;

    @Column(name = "state")
    String state;

    /** When it was first seen so. */
    @Column(name = "since")
    Instant since;
}
