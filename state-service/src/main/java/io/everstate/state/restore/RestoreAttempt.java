package io.everstate.state.restore;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.lease.Lease;
import io.everstate.state.lease.LeaseLostException;
import io.everstate.state.restore.part.OwnerSteps.Precautions;
import io.everstate.state.restore.part.OwnerSteps.Step;
import io.everstate.state.restore.point.RestorePoints.PassPoints;
import io.everstate.state.restore.record.BotStep;
import io.everstate.state.restore.record.BotStep.Run;
import io.everstate.state.restore.record.Cancellations.Cancellation;
import io.everstate.state.restore.record.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with a restore from where it is written to be, until it has ended or nobody answers. All that it knows is in the database before it
 * acts, so another attempt, of whichever process, goes on from there.
 */
final class RestoreAttempt implements Precautions {
    private static final Logger LOG = Logger.getLogger(RestoreAttempt.class);
    private static final Duration SUMMARY = Duration.ofMillis(500);

    private final RestoreParts with;
    private final Lease lease;
    private final StateRestoreRequest request;
    private final List<BotStep> parts;
    private Recovery recovery;
    private final WayBack wayBack;
    private long summed = System.nanoTime();

    RestoreAttempt(RestoreParts with, Recovery recovery, Lease lease) {
        this.with = with;
        this.lease = lease;
        this.recovery = recovery;
        this.request = requireNonNull(recovery.view().request(), "a restore has a request");
        this.wayBack = new WayBack(with.wayBacks(), lease, recovery.view().wayBack());
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
        lookAtAll();
        if (!request.dryRun()) {
            takeBack();
        }
        var ended = tally().ended(with.clock().instant());
        with.log().keep(lease, new Recovery(recovery.number(), ended));
        return ended;
    }

    /** Who needs others is stopped before them, and restored and started behind them. */
    private void takeBack() {
        if (request.restart()) {
            stopThoseThatRun();
        }
        // in one go: one of which it is not known whether its checkpoint was written comes before those that need it
        each(EnumSet.of(Outcome.FOUND, Outcome.WRITING), this::restore);
        for (int place = 0; place < parts.size(); place++) {
            if (parts.get(place).run() == Run.STOPPED) {
                act(place, part -> with.owners().start(id(), part));
            }
        }
    }

    private void stopThoseThatRun() {
        for (int place = parts.size() - 1; place >= 0; place--) {
            if (parts.get(place).outcome() == Outcome.FOUND) {
                act(place, part -> with.owners().stop(id(), part, this::keep));
            }
        }
    }

    private UUID id() {
        return recovery.view().id();
    }

    private void each(Set<Outcome> outcomes, UnaryOperator<BotStep> action) {
        each(part -> outcomes.contains(part.outcome()), action);
    }

    private void each(Predicate<BotStep> which, UnaryOperator<BotStep> action) {
        for (int place = 0; place < parts.size(); place++) {
            if (which.test(parts.get(place))) {
                act(place, action);
            }
        }
    }

    /** Records are read once a partition, as far as that is possible, and not once a bot. */
    private void lookAtAll() {
        var waiting = parts.stream()
                .filter(part -> part.outcome() == Outcome.WAITING)
                .map(BotStep::bot)
                .toList();
        var target = Restores.target(request);
        for (var pass : with.fleet().passes(waiting)) {
            var points = with.looks().of(pass, target, with.tenure()::mayTake);
            var bots = Set.copyOf(pass.bots());
            each(part -> part.outcome() == Outcome.WAITING && bots.contains(part.bot()), part -> look(part, points));
        }
        var alone = with.looks().alone(target, with.tenure()::mayTake);
        each(EnumSet.of(Outcome.WAITING), part -> look(part, alone));
    }

    private BotStep look(BotStep part, PassPoints points) {
        var found = with.looks().look(request, part, points);
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
        return with.owners().restore(id(), request, new Step(part, target), this);
    }

    /** Whoever ran was stopped before, so what all traded until then is in it. */
    @Override
    public BotStep secured(BotStep part, BotState present) {
        if (!wayBack.holds(present)) {
            var why = takeWayBack();
            if (why != null) {
                return part.ending(Outcome.FAILED, why);
            }
        }
        return part.with(part.view().withWayBack(requireNonNull(wayBack.snapshot(), "it was taken")));
    }

    @Override
    public void write(BotStep part) {
        keep(part);
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
        if (isCancelled(parts.get(place))) {
            return;
        }
        try {
            keep(with.tenure().during(lease, () -> action.apply(parts.get(place))));
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

    /** What is begun is brought to its end: it is not known what its owner has done already. */
    private boolean isCancelled(BotStep part) {
        var wish = part.untouched() ? with.cancellations().of(recovery) : Optional.<Cancellation>empty();
        wish.ifPresent(wished -> keep(part.ending(
                Outcome.CANCELLED,
                "%s cancelled the restore at %s, before its turn".formatted(wished.by(), wished.at()))));
        return wish.isPresent();
    }

    private void sumUp() {
        if (System.nanoTime() - summed >= SUMMARY.toNanos()) {
            with.log().keep(lease, new Recovery(recovery.number(), tally().underWay()));
            summed = System.nanoTime();
        }
    }

    private Tally tally() {
        return new Tally(recovery.view(), parts);
    }

    /**
     * As long as nothing is changed the newest is the way back of all; later it is that of those whose turn comes.
     *
     * @return why nothing may be changed; null when there is a way back
     */
    private @Nullable String takeWayBack() {
        var left = parts.stream()
                .filter(part -> part.outcome() == Outcome.FOUND)
                .map(BotStep::bot)
                .toList();
        var missing = wayBack.take(left);
        if (missing != null) {
            var why = missing + ", so nothing is changed";
            each(EnumSet.of(Outcome.FOUND), part -> part.ending(Outcome.FAILED, why));
            return why;
        }
        if (parts.stream().allMatch(part -> part.view().wayBack() == null)) {
            recovery = new Recovery(
                    recovery.number(), recovery.view().withWayBack(requireNonNull(wayBack.snapshot(), "it was taken")));
        }
        with.log().keep(lease, new Recovery(recovery.number(), tally().underWay()));
        return null;
    }
}
