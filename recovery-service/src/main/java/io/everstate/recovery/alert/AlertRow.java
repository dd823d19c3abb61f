package io.everstate.recovery.alert;

import io.everstate.recovery.alert.AlertOutbox.Kept;
import io.everstate.recovery.alert.AlertOutbox.Taken;
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

@Entity(name = "AlertRow")
@Table(name = "alert")
class AlertRow {
    enum State {
        WAITING,
        SENT,
        REFUSED,
        GIVEN_UP
    }

    @Id
    private UUID id;

    @Column
    @Enumerated(EnumType.STRING)
    private AlertKind kind;

    @Column
    private String severity;

    @Column
    private String text;

    @Column(name = "raised_at")
    private Instant raisedAt;

    @Column(name = "source_event")
    private @Nullable UUID sourceEvent;

    @Column
    @Enumerated(EnumType.STRING)
    private State delivery;

    @Column
    private int attempts;

    @Column(name = "due_at")
    private Instant dueAt;

    @Column(name = "sent_at")
    private @Nullable Instant sentAt;

    @Column(name = "last_problem")
    private @Nullable String lastProblem;

    protected AlertRow() {}

    AlertRow(Alert alert) {
        this.id = alert.id();
        this.kind = alert.kind();
        this.severity = alert.kind().severity().label();
        this.text = alert.text();
        this.raisedAt = alert.at();
        this.sourceEvent = alert.sourceEvent();
        this.delivery = State.WAITING;
        this.dueAt = alert.at();
    }

    Taken taken(Instant hiddenUntil) {
        dueAt = hiddenUntil;
        return new Taken(alert(), attempts);
    }

    Kept kept() {
        return new Kept(alert(), delivery());
    }

    private Alert alert() {
        return new Alert(id, kind, text, raisedAt, sourceEvent);
    }

    private Delivery delivery() {
        var problem = lastProblem == null ? "" : lastProblem;
        return switch (delivery) {
            case WAITING -> new Delivery.Waiting(attempts, dueAt, lastProblem);
            case SENT -> new Delivery.Sent(attempts, Objects.requireNonNull(sentAt));
            case REFUSED -> new Delivery.Refused(attempts, problem);
            case GIVEN_UP -> new Delivery.GivenUp(attempts, problem);
        };
    }

    void update(Delivery changed) {
        attempts = changed.attempts();
        switch (changed) {
            case Delivery.Waiting waiting -> {
                dueAt = waiting.dueAt();
                lastProblem = waiting.lastProblem();
            }
            case Delivery.Sent sent -> {
                delivery = State.SENT;
                sentAt = sent.at();
                lastProblem = null;
            }
            case Delivery.Refused refused -> {
                delivery = State.REFUSED;
                lastProblem = refused.lastProblem();
            }
            case Delivery.GivenUp givenUp -> {
                delivery = State.GIVEN_UP;
                lastProblem = givenUp.lastProblem();
            }
        }
    }
}
