package io.everstate.state.restore.part;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.awaiting.AwaitedEvents;
import io.everstate.state.past.Past;
import io.everstate.state.peer.BotOwners;
import io.everstate.state.restore.point.RestorePoints;
import io.everstate.state.restore.record.BotStep;
import io.everstate.state.restore.record.BotStep.Run;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a bot's owner, each with a key of its own: whoever goes on after a crash asks the same again, and it happens once. What is
 * about to be asked is written down first.
 */
@Singleton
public final class OwnerSteps {
    private static final String STARTED_MEANWHILE = "it runs: somebody started it meanwhile";

    private final Past past;
    private final RestorePoints points;
    private final BotOwners owners;
    private final AwaitedEvents events;
    private final JsonFormat json;

    OwnerSteps(Past past, RestorePoints points, BotOwners owners, AwaitedEvents events, JsonFormat json) {
        this.past = past;
        this.points = points;
        this.owners = owners;
        this.events = events;
        this.json = json;
    }

    private static String key(UUID restore, String what) {
        return "restore:" + restore + ":" + what;
    }

    /** Ends the run of a bot that runs, and returns when that is folded. */
    public BotStep stop(UUID restore, BotStep part, Consumer<BotStep> written) {
        var stopping = part.with(Run.STOPPED);
        if (part.run() == Run.UNTOUCHED) {
            if (!past.now(part.bot()).running()) {
                return part;
            }
            written.accept(stopping);
        }
        try {
            events.await(part.bot(), owners.stop(part.bot(), key(restore, "stop")));
        } catch (ProblemException e) {
            if (e.type() != ProblemType.CONFLICT) {
                throw e;
            }
            // somebody else stopped it meanwhile, so it is not started again
            return part.with(Run.UNTOUCHED);
        }
        return stopping;
    }

    /** What is done in front of a change. */
    public interface Precautions {
        /** Sees to it that there is a way back to the bot as it is; a part that is over says why there is none. */
        BotStep secured(BotStep part, BotState present);

        /** Keeps what is about to be asked. */
        void write(BotStep part);
    }

    /** Takes the bot back, and returns when the checkpoint was read from the log and holds what was promised. */
    public BotStep restore(UUID restore, StateRestoreRequest request, Step step, Precautions precautions) {
        var writing = step.part();
        if (writing.outcome() == Outcome.FOUND) {
            var present = past.now(writing.bot());
            var hindrance =
                    present.running() && request.restart() ? STARTED_MEANWHILE : Looks.hindrance(request, present);
            if (hindrance != null) {
                return writing.ending(Outcome.FAILED, hindrance);
            }
            writing = precautions.secured(writing, present);
            if (writing.over()) {
                return writing;
            }
            var difference = Difference.of(present, step.target(), request.symbol(), json);
            writing = writing.with(difference.shownAs(Outcome.WRITING, writing.view(), null));
            precautions.write(writing);
        }
        var checkpoint = owners.restore(writing.bot(), step.target(), request.symbol(), key(restore, "restore"));
        events.await(writing.bot(), checkpoint);
        return readBack(writing, checkpoint);
    }

    /** @param target to which it goes back */
    public record Step(BotStep part, BotState target) {}

    private BotStep readBack(BotStep part, long checkpoint) {
        var promised = part.view().after();
        var found = Holdings.of(points.past().after(part.bot(), checkpoint).state(), json)
                .hash();
        if (promised == null || !promised.hash().equals(found)) {
            return part.ending(
                    Outcome.FAILED,
                    "its checkpoint %d does not hold what was promised, but %s".formatted(checkpoint, found));
        }
        var restored = part.view().restoredBy(checkpoint);
        var last = lastBefore(part, checkpoint);
        return part.with(
                last == null
                        ? restored
                        : restored.because(
                                "it went on to event %d while it was restored: that is its way back".formatted(last)));
    }

    /** Its newest event in front of the checkpoint, when the way back does not have that; else null. */
    private @Nullable Long lastBefore(BotStep part, long checkpoint) {
        var before = part.view().before();
        if (before == null || checkpoint == before.sequence() + 1) {
            return null;
        }
        var last = points.past().knownAfter(part.bot(), checkpoint - 1).sequence();
        return last > before.sequence() ? last : null;
    }

    /** Lets a bot run again whose run was ended for the restore. */
    public BotStep start(UUID restore, BotStep part) {
        try {
            owners.start(part.bot(), key(restore, "start"));
            return part.with(part.view().runningAgain()).with(Run.STARTED);
        } catch (ProblemException e) {
            if (e.type().retryable()) {
                throw e;
            }
            if (past.now(part.bot()).running()) {
                return part.with(Run.STARTED);
            }
            return part.with(part.view().because("it was not started again: " + e.detail()))
                    .with(Run.STAYS_STOPPED);
        }
    }
}
