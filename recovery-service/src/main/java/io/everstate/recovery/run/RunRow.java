package io.everstate.recovery.run;

import io.everstate.recovery.run.Run.Completed;
import io.everstate.recovery.run.Run.Failed;
import io.everstate.recovery.run.Run.Running;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "RunRow")
@Table(name = "run")
class RunRow {
    enum Status {
        RUNNING,
        COMPLETED,
        FAILED
    }

    @Id
    private UUID id;

    @ManyToOne(fetch = FetchType.EAGER, cascade = CascadeType.PERSIST)
    @JoinColumn(name = "disaster_id")
    private DisasterRow disaster;

    @Column
    @Enumerated(EnumType.STRING)
    private Status status;

    @Column
    private int severity;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column
    private @Nullable String failure;

    @Column
    private String memory;

    @Column
    private @Nullable String owner;

    @Column(name = "heartbeat_at")
    private Instant heartbeatAt;

    @Column
    private long fence;

    @OneToMany(mappedBy = "run", cascade = CascadeType.PERSIST)
    @OrderBy("number")
    private List<RunStepRow> steps;

    protected RunRow() {}

    RunRow(Running run, RunJson json) {
        this.id = run.id();
        this.disaster = new DisasterRow(run.disaster(), json);
        this.status = Status.RUNNING;
        this.severity = run.disaster().type().severity();
        this.startedAt = run.startedAt();
        this.memory = json.memory(run.memory());
        this.heartbeatAt = run.startedAt();
        this.steps =
                run.steps().stream().map(step -> new RunStepRow(this, step)).toList();
    }

    UUID id() {
        return id;
    }

    long fence() {
        return fence;
    }

    boolean isRunning() {
        return status == Status.RUNNING;
    }

    boolean isHeldByAnother(String name, Instant now, Duration expiry) {
        return owner != null && !owner.equals(name) && now.isBefore(heartbeatAt.plus(expiry));
    }

    /** @return how long nobody had worked on it */
    Duration claim(String name, Instant now) {
        var idle = Duration.between(heartbeatAt, now);
        owner = name;
        fence++;
        heartbeatAt = now;
        return idle;
    }

    void update(Run run, Instant now, RunJson json) {
        memory = json.memory(run.memory());
        heartbeatAt = now;
        for (var step : run.steps()) {
            steps.get(step.number() - 1).update(step.state());
        }
        switch (run) {
            case Running running -> {}
            case Completed completed -> end(Status.COMPLETED, completed.finishedAt(), null);
            case Failed failed -> end(Status.FAILED, failed.finishedAt(), failed.reason());
        }
    }

    private void end(Status ended, Instant at, @Nullable String reason) {
        status = ended;
        finishedAt = at;
        failure = reason;
        disaster.end(at, ended == Status.COMPLETED);
    }

    Running running(RunJson json) {
        return new Running(disaster.disaster(json), startedAt, steps(), json.memory(memory));
    }

    Run run(RunJson json) {
        return switch (status) {
            case RUNNING -> running(json);
            case COMPLETED ->
                new Completed(disaster.disaster(json), startedAt, steps(), json.memory(memory), finished());
            case FAILED ->
                new Failed(
                        disaster.disaster(json),
                        startedAt,
                        steps(),
                        json.memory(memory),
                        finished(),
                        Objects.requireNonNull(failure));
        };
    }

    private Instant finished() {
        return Objects.requireNonNull(finishedAt);
    }

    private List<RunStep> steps() {
        return steps.stream().map(RunStepRow::step).toList();
    }
}
