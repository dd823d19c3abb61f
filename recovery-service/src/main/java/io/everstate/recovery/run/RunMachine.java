package io.everstate.recovery.run;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.recovery.plan.Plan;
import io.everstate.recovery.plan.Plans;
import io.everstate.recovery.plan.Progress;
import io.everstate.recovery.plan.Situation;
import io.everstate.recovery.platform.Backoff;
import io.everstate.recovery.run.Run.Running;
import io.everstate.recovery.run.RunStore.Claim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Works on runs bit by bit. Between any two bits the process may die: the run is stored before a step acts and after, and whoever claims
 * it next goes on from there.
 */
final class RunMachine {
    private static final Logger LOG = Logger.getLogger(RunMachine.class);
    /** A gap between two bits of work that the step's deadline does not pay for. */
    private static final Duration NOTABLE_IDLENESS = Duration.ofSeconds(3);

    enum Work {
        /** There may be more to do at once. */
        MORE,
        /** Look again later. */
        NONE
    }

    /** @param expiry of another owner's lease */
    record Rules(String owner, Duration expiry, int maxFailures, Backoff backoff) {}

    private final RunStore store;
    private final Plans plans;
    private final Rules rules;
    private final RecoveryMetrics metrics;
    private final Clock clock;

    RunMachine(RunStore store, Plans plans, Rules rules, RecoveryMetrics metrics, Clock clock) {
        this.store = store;
        this.plans = plans;
        this.rules = rules;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Does the next bit of the run that matters most. */
    Work work() {
        try {
            return store.claim(rules.owner(), clock.instant(), rules.expiry())
                    .map(this::work)
                    .orElse(Work.NONE);
        } catch (LeaseLostException e) {
            LOG.info(e.detail());
            return Work.NONE;
        }
    }

    private Work work(Claim claim) {
        var now = clock.instant();
        var run = claim.idle().compareTo(NOTABLE_IDLENESS) > 0 ? claim.run().resumedAfter(claim.idle()) : claim.run();
        var plan = plans.against(run.disaster().type());
        var step = run.current();
        return switch (step.state()) {
            case StepState.Pending pending -> {
                var begun = run.with(pending.begin(now, plan.step(step.number()).patience()));
                store.save(begun, claim.fence(), now, Announcement.NONE);
                LOG.infof("run %s: step %d (%s) begins", run.id(), step.number(), step.name());
                yield Work.MORE;
            }
            case StepState.Active active ->
                active.dueAt().isAfter(now) ? Work.NONE : advance(run, active, plan, claim.fence());
            case StepState.Done done -> throw new IllegalStateException("a done step is not current");
            case StepState.Broken broken -> throw new IllegalStateException("a run with a broken step has failed");
        };
    }

    private Work advance(Running run, StepState.Active active, Plan plan, long fence) {
        var disaster = run.disaster();
        var situation = new Situation(run.id(), disaster.type(), disaster.subject(), clock.instant(), run.memory());
        Progress progress;
        try {
            progress = plan.step(run.current().number()).advance(situation);
        } catch (ProblemException e) {
            return e.type().retryable() ? failedOnce(run, active, e, fence) : fail(run, active, e.detail(), fence);
        } catch (RuntimeException e) {
            LOG.errorf(e, "run %s: a defect in step %s", run.id(), run.current().name());
            return failedOnce(run, active, e, fence);
        }
        return switch (progress) {
            case Progress.Again again -> remember(run, again, fence);
            case Progress.Wait wait -> waitFor(run, active, wait, fence);
            case Progress.Done done -> done(run, active, done, fence);
            case Progress.Impossible impossible -> fail(run, active, impossible.reason(), fence);
        };
    }

    private Work remember(Running run, Progress.Again again, long fence) {
        store.save(run.remember(again.memory()), fence, clock.instant(), Announcement.NONE);
        return Work.MORE;
    }

    private Work waitFor(Running run, StepState.Active active, Progress.Wait wait, long fence) {
        var now = clock.instant();
        if (now.isAfter(active.deadlineAt())) {
            return fail(run, active, "waited too long for " + wait.forWhat(), fence);
        }
        store.save(run, fence, now, Announcement.NONE);
        return Work.NONE;
    }

    private Work done(Running run, StepState.Active active, Progress.Done done, long fence) {
        var now = clock.instant();
        var after = run.done(active.done(done.outcome(), now), done.memory());
        store.save(after, fence, now, Announcements.stepDone(run, after));
        LOG.infof("run %s: step %s: %s", run.id(), run.current().name(), done.outcome());
        metrics.ended(after);
        return Work.MORE;
    }

    private Work failedOnce(Running run, StepState.Active active, RuntimeException failure, long fence) {
        var now = clock.instant();
        var failures = active.failures() + 1;
        var reason = String.valueOf(failure.getMessage());
        if (failures >= rules.maxFailures() || now.isAfter(active.deadlineAt())) {
            return fail(run, active, reason + " (" + failures + " failures)", fence);
        }
        LOG.warnf("run %s: step %s is tried again: %s", run.id(), run.current().name(), reason);
        var nextTry = now.plus(rules.backoff().after(failures));
        store.save(run.with(active.failedOnce(nextTry)), fence, now, Announcement.NONE);
        return Work.NONE;
    }

    private Work fail(Running run, StepState.Active active, String reason, long fence) {
        Instant now = clock.instant();
        var failed = run.fail(active.broken(reason, now));
        store.save(failed, fence, now, Announcements.failed(failed));
        LOG.errorf(
                "run %s against %s of %s failed: %s",
                run.id(), run.disaster().type(), run.disaster().subject(), failed.reason());
        metrics.ended(failed);
        return Work.MORE;
    }
}
