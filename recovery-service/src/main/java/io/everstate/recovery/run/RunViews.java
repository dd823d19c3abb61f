package io.everstate.recovery.run;

import io.everstate.contracts.recovery.RunView;
import io.everstate.contracts.recovery.RunView.Status;
import io.everstate.contracts.recovery.RunView.StepStatus;
import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.run.Run.Completed;
import io.everstate.recovery.run.Run.Failed;
import io.everstate.recovery.run.Run.Running;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs as REST shows them. */
record RunViews(Plans plans) {
    RunView of(Run run) {
        return switch (run) {
            case Running running -> view(running, Status.RUNNING, null, null);
            case Completed completed -> view(completed, Status.COMPLETED, completed.finishedAt(), null);
            case Failed failed -> view(failed, Status.FAILED, failed.finishedAt(), failed.reason());
        };
    }

    private RunView view(Run run, Status status, @Nullable Instant finishedAt, @Nullable String failure) {
        var disaster = run.disaster();
        return new RunView(
                run.id(),
                disaster.id(),
                disaster.type(),
                disaster.subject(),
                status,
                run.startedAt(),
                finishedAt,
                (int) plans.against(disaster.type()).estimated().toMinutes(),
                failure,
                run.steps().stream().map(RunViews::step).toList());
    }

    private static RunView.Step step(RunStep step) {
        var number = step.number();
        var name = step.name();
        return switch (step.state()) {
            case StepState.Pending pending -> new RunView.Step(number, name, StepStatus.PENDING, null, null, 0, null);
            case StepState.Active active ->
                new RunView.Step(
                        number, name, StepStatus.RUNNING, active.startedAt(), null, active.failures() + 1, null);
            case StepState.Done done ->
                new RunView.Step(
                        number,
                        name,
                        StepStatus.DONE,
                        done.startedAt(),
                        done.finishedAt(),
                        done.failures() + 1,
                        done.outcome());
            case StepState.Broken broken ->
                new RunView.Step(
                        number,
                        name,
                        StepStatus.FAILED,
                        broken.startedAt(),
                        broken.finishedAt(),
                        broken.failures() + 1,
                        broken.reason());
        };
    }
}
