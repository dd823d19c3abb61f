package io.everstate.recovery.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "RunStepRow")
@Table(name = "run_step")
@IdClass(RunStepRow.Key.class)
class RunStepRow {
    enum Status {
        PENDING,
        RUNNING,
        DONE,
        FAILED
    }

    record Key(UUID run, int number) {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "run_id")
    private RunRow run;

    @Id
    private int number;

    @Column
    private String name;

    @Column
    @Enumerated(EnumType.STRING)
    private Status status;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "deadline_at")
    private @Nullable Instant deadlineAt;

    @Column(name = "due_at")
    private @Nullable Instant dueAt;

    @Column
    private int failures;

    @Column
    private @Nullable String outcome;

    protected RunStepRow() {}

    RunStepRow(RunRow run, RunStep step) {
        this.run = run;
        this.number = step.number();
        this.name = step.name();
        this.status = Status.PENDING;
        update(step.state());
    }

    final void update(StepState state) {
        switch (state) {
            case StepState.Pending pending -> status = Status.PENDING;
            case StepState.Active active -> {
                status = Status.RUNNING;
                startedAt = active.startedAt();
                deadlineAt = active.deadlineAt();
                dueAt = active.dueAt();
                failures = active.failures();
            }
            case StepState.Done done -> {
                startedAt = done.startedAt();
                end(Status.DONE, done.finishedAt(), done.failures(), done.outcome());
            }
            case StepState.Broken broken -> {
                startedAt = broken.startedAt();
                end(Status.FAILED, broken.finishedAt(), broken.failures(), broken.reason());
            }
        }
    }

    private void end(Status ended, Instant at, int count, String text) {
        status = ended;
        failures = count;
        finishedAt = at;
        outcome = text;
    }

    RunStep step() {
        return new RunStep(number, name, state());
    }

    private StepState state() {
        return switch (status) {
            case PENDING -> new StepState.Pending();
            case RUNNING -> new StepState.Active(known(startedAt), known(deadlineAt), known(dueAt), failures);
            case DONE -> new StepState.Done(known(startedAt), known(finishedAt), failures, known(outcome));
            case FAILED -> new StepState.Broken(known(startedAt), known(finishedAt), failures, known(outcome));
        };
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
