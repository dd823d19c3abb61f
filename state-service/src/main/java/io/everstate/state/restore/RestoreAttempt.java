package io.everstate.state.restore;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.restore.part.OwnerSteps.Step;
import io.everstate.state.restore.record.BotStep;
import io.everstate.state.restore.record.BotStep.Run;
import io.everstate.state.restore.record.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with a restore from where it is written to be, until it has ended or nobody answers. All that it knows is in the database before it
 * acts, so another attempt, of whichever process, goes on from there.
 */
final class RestoreAttempt {
    private static final Logger LOG = Logger.getLogger(RestoreAttempt.class);
    private static final Duration SUMMARY = Duration.ofMillis(500);

    private final RestoreParts with;
    private final Lease lease;
    private final StateRestoreRequest request;
    private final List<BotStep> parts;
    private Recovery recovery;
    private @Nullable UUID wayBack;
    private long summed = System.nanoTime();

    RestoreAttempt(RestoreParts with, Recovery recovery, Lease lease) {
        this.with = with;
        this.lease = lease;
        this.recovery = recovery;
        this.request = requireNonNull(recovery.view().request(), "a restore has a request");
        this.wayBack = recovery.view().wayBack();
        this.parts = new ArrayList<>(with.steps().all(recovery));
    }

    /** Whether something was done before. */
    boolean isBegun() {
        return parts.stream().anyMatch(part -> part.outcome() != Outcome.WAITING || part.attempts() > 0);
    }

    /** Another process went on with it before. */
    void resumed(String sentence) {
        recovery = new Recovery(recovery.number(), recovery.view().resumed(sentence));
        with.log().keep(lease, recovery);
    }

    /**
     * @return what came of it
     * @throws ProblemException when a later attempt can go on
     */
    StateRestoreView goOn() {
        each(EnumSet.of(Outcome.WAITING), this::look);
        if (!request.dryRun() && any(Outcome.FOUND)) {
            takeWayBack();
        }
        if (!request.dryRun()) {
            takeBack();
        }
        var ended = new Tally(recovery.view(), parts).ended(with.clock().instant(), wayBack);
        with.log().keep(lease, new Recovery(recovery.number(), ended));
        return ended;
    }

    /** Who needs others is stopped before them, and restored and started behind them. */
    private void takeBack() {
        if (request.restart()) {
            for (int place = parts.size() - 1; place >= 0; place--) {
                if (parts.get(place).outcome() == Outcome.FOUND) {
                    act(place, part -> with.owners().stop(id(), part, this::keep));
                }
            }
        }
        // in one go: one of which it is not known whether its checkpoint was written comes before those that need it
        each(EnumSet.of(Outcome.FOUND, Outcome.WRITING), this::restore);
        for (int place = 0; place < parts.size(); place++) {
            if (parts.get(place).run() == Run.STOPPED) {
                act(place, part -> with.owners().start(id(), part));
            }
        }
    }

    private UUID id() {
        return recovery.view().id();
    }

    private boolean any(Outcome outcome) {
        return parts.stream().anyMatch(part -> part.outcome() == outcome);
    }

    private void each(Set<Outcome> outcomes, UnaryOperator<BotStep> action) {
        for (int place = 0; place < parts.size(); place++) {
            if (outcomes.contains(parts.get(place).outcome())) {
                act(place, action);
            }
        }
    }

    private BotStep look(BotStep part) {
        var found = with.looks().look(request, Restores.target(request), part);
        if (found.target() != null) {
            with.steps().keep(lease, recovery, found.part(), found.target());
        }
        return found.part();
    }

    private BotStep restore(BotStep part) {
        var missing = failed(part.needs());
        if (missing != null) {
            return part.ending(Outcome.FAILED, "bot " + missing + ", which it needs, was not restored");
        }
        var target = with.steps().target(recovery, part);
        return with.owners().restore(id(), request, new Step(part, target), this::keep);
    }

    private @Nullable UUID failed(List<UUID> needs) {
        var needed = new HashSet<>(needs);
        return parts.stream()
                .filter(part -> part.outcome() == Outcome.FAILED)
                .map(part -> part.bot().value())
                .filter(needed::contains)
                .findFirst()
                .orElse(null);
    }

    private void act(int place, UnaryOperator<BotStep> action) {
        if (with.tenure().isEnding()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping");
        }
        with.tenure().goOn(lease);
        try {
            keep(action.apply(parts.get(place)));
        } catch (LeaseLostException e) {
            throw e;
        } catch (ProblemException e) {
            notNow(parts.get(place), e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "bot %s is not restored by a defect", parts.get(place).bot());
            keep(ended(parts.get(place), "a defect, see the service's log"));
        }
        sumUp();
    }

    private void notNow(BotStep part, ProblemException problem) {
        if (!problem.type().retryable()) {
            keep(ended(part, problem.detail()));
            return;
        }
        var tried = part.triedOnceMore();
        if (tried.attempts() < with.tenure().attempts()) {
            keep(tried);
            throw problem;
        }
        keep(ended(part, "given up after %d attempts: %s".formatted(tried.attempts(), problem.detail())));
    }

    /** What its part came to stays as it is when only its new run is missing. */
    private static BotStep ended(BotStep part, String why) {
        if (part.over()) {
            return part.with(part.view().because("it was not started again: " + why))
                    .with(Run.STAYS_STOPPED);
        }
        return part.ending(
                Outcome.FAILED,
                part.outcome() == Outcome.WRITING ? why + "; whether its checkpoint was written is not known" : why);
    }

    private void keep(BotStep part) {
        with.steps().keep(lease, recovery, part, null);
        parts.set(part.place(), part);
    }

    private void sumUp() {
        if (System.nanoTime() - summed >= SUMMARY.toNanos()) {
            with.log()
                    .keep(lease, new Recovery(recovery.number(), new Tally(recovery.view(), parts).underWay(wayBack)));
            summed = System.nanoTime();
        }
    }

    private void takeWayBack() {
        if (wayBack != null) {
            return;
        }
        SnapshotView taken;
        try {
            taken = with.wayBack(lease);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "restore %s: no way back could be made", id());
            nothingIsChanged("no snapshot could be taken that would be the way back (%s)".formatted(e));
            return;
        }
        if (taken.valid()) {
            wayBack = taken.id();
            with.log()
                    .keep(lease, new Recovery(recovery.number(), new Tally(recovery.view(), parts).underWay(wayBack)));
            return;
        }
        nothingIsChanged("the snapshot %s that would be the way back did not verify".formatted(taken.id()));
    }

    private void nothingIsChanged(String why) {
        each(EnumSet.of(Outcome.FOUND), part -> part.ending(Outcome.FAILED, why + ", so nothing is changed"));
    }
}
