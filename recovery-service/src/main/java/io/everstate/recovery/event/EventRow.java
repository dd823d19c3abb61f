package io.everstate.recovery.event;

import io.everstate.contracts.recovery.RecoveryEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "EventRow")
@Table(name = "recovery_event")
class EventRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long position;

    @Column
    private UUID id;

    @Column(name = "run_key")
    private UUID key;

    @Column
    private String type;

    @Column
    private Instant at;

    @Column
    private String body;

    protected EventRow() {}

    EventRow(UUID id, RecoveryEvent event, String body) {
        this.id = id;
        this.key = event.key();
        this.type = event.eventType();
        this.at = event.at();
        this.body = body;
    }

    UUID id() {
        return id;
    }

    String type() {
        return type;
    }

    String body() {
        return body;
    }
}
