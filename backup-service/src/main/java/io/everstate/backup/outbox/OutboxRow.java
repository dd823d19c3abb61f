package io.everstate.backup.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "outbox")
class OutboxRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long position;

    @Column(name = "event_id")
    UUID eventId;

    @Column(name = "event_key")
    String eventKey;

    @Column(name = "type")
    String type;

    @Column(name = "data")
    byte[] data;

    @Column(name = "at")
    Instant at;
}
