package io.everstate.recovery.run;

import io.everstate.recovery.disaster.Disaster;
import io.everstate.recovery.plan.Memory;
import io.everstate.recovery.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** One execution of a plan. The steps are worked on in their order: all before the current one are done, all behind it pending. */
sealed interface Run {
    Disaster disaster();

    Instant startedAt();

    List<RunStep> steps();

    Memory memory();

    default UUID id() {
        return disaster().runId();
    }

    record Running(Disaster disaster, Instant startedAt, List<RunStep> steps, Memory memory) implements Run {
        public Running {
            steps = List.copyOf(steps);
        }

        static Running of(Disaster disaster, Plan plan, Instant now) {
            var steps = IntStream.rangeClosed(1, plan.steps().size())
                    .mapToObj(number -> new RunStep(number, plan.step(number).name(), new StepState.Pending()))
                    .toList();
            return new Running(disaster, now, steps, Memory.empty());
        }

        RunStep current() {
            return steps.stream()
                    .filter(step -> !(step.state() instanceof StepState.Done))
                    .findFirst()
                    .orElseThrow();
        }

        Running with(StepState changed) {
            return new Running(disaster, startedAt, replaced(changed), memory);
        }

        Running remember(Memory changed) {
            return new Running(disaster, startedAt, steps, changed);
        }

        Running resumedAfter(Duration idle) {
            return current().state() instanceof StepState.Active active ? with(active.later(idle)) : this;
        }

        /** Ends the current step; after the last one the run is complete. */
        Run done(StepState.Done state, Memory changed) {
            var after = replaced(state);
            return current().number() == steps.size()
                    ? new Completed(disaster, startedAt, after, changed.forNextStep(), state.finishedAt())
                    : new Running(disaster, startedAt, after, changed.forNextStep());
        }

        Failed fail(StepState.Broken state) {
            var step = current();
            var reason = "step " + step.number() + " (" + step.name() + "): " + state.reason();
            return new Failed(disaster, startedAt, replaced(state), memory, state.finishedAt(), reason);
        }

        private List<RunStep> replaced(StepState changed) {
            var all = new ArrayList<>(steps);
            var step = current();
            all.set(step.number() - 1, step.with(changed));
            return all;
        }
    }

    record Completed(Disaster disaster, Instant startedAt, List<RunStep> steps, Memory memory, Instant finishedAt)
            implements Run {}

    record Failed(
            Disaster disaster, Instant startedAt, List<RunStep> steps, Memory memory, Instant finishedAt, String reason)
            implements Run {}
}
