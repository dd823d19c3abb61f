package io.everstate.state.restore.part;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.parking.ParkedBots;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Past;
import io.everstate.state.peer.BotOwners;
import io.everstate.state.restore.part.Difference.Source;
import io.everstate.state.restore.point.RestorePoint;
import io.everstate.state.restore.point.RestorePoints;
import io.everstate.state.restore.point.RestorePoints.PassPoints;
import io.everstate.state.restore.point.Target;
import io.everstate.state.restore.record.BotStep;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds to what a bot goes back and what would come of it. Nothing changes. */
@Singleton
public final class Looks {
    private final Past past;
    private final ParkedBots parked;
    private final RestorePoints points;
    private final BotOwners owners;
    private final JsonFormat json;

    Looks(Past past, ParkedBots parked, RestorePoints points, BotOwners owners, JsonFormat json) {
        this.past = past;
        this.parked = parked;
        this.points = points;
        this.owners = owners;
        this.json = json;
    }

    /** @param target to which the bot goes back; null when it does not */
    public record Found(BotStep part, @Nullable BotState target) {}

    /** Finds it for all bots of a pass together, see {@link RestorePoints#of}. */
    public PassPoints of(Pass pass, Target target, Consumer<Duration> mayTake) {
        return points.of(pass, target, mayTake);
    }

    /** For each bot by itself. */
    public PassPoints alone(Target target, Consumer<Duration> mayTake) {
        return points.alone(target, mayTake);
    }

    /** @throws ProblemException when a repetition can help */
    public Found look(StateRestoreRequest request, BotStep part, PassPoints points) {
        try {
            var present = past.now(part.bot());
            if (isLost(part.bot())) {
                return new Found(part.ending(Outcome.FAILED, firstOf(part.bot())), null);
            }
            return present.deleted()
                    ? new Found(part.ending(Outcome.LEFT, "it is deleted"), null)
                    : compared(request, part, present, points.find(part.bot()));
        } catch (ProblemException e) {
            if (e.type().retryable()) {
                throw e;
            }
            var outcome = e.type() == ProblemType.NOT_FOUND ? Outcome.LEFT : Outcome.FAILED;
            return new Found(part.ending(outcome, e.detail()), null);
        }
    }

    /** What is kept here of such a bot is not what its owner has. */
    private boolean isLost(BotId bot) {
        return parked.find(bot)
                .filter(one -> one.type().equals(ParkedBot.LOST_END))
                .isPresent();
    }

    private static String firstOf(BotId bot) {
        return "the log has lost the end of it, and its owner has another state than the one that is known here: stop it, then POST /api/v1/parked/%s/skip, and restore it when it is followed again"
                .formatted(bot);
    }

    private Found compared(StateRestoreRequest request, BotStep part, BotState present, RestorePoint point) {
        Difference difference;
        try {
            difference = Difference.of(present, point.state(), request.symbol(), json);
        } catch (IllegalArgumentException e) {
            return new Found(part.ending(Outcome.FAILED, "it cannot go back to that state: " + e.getMessage()), null);
        }
        var source = Source.of(point);
        if (difference.isNone()) {
            var same = difference.shownAs(Outcome.LEFT, part.view(), source, "it has what it had then");
            return new Found(part.with(same), null);
        }
        var found = part.with(difference.shownAs(Outcome.FOUND, part.view(), source, hindrance(request, present)));
        return request.dryRun()
                ? new Found(asked(request, found, point.state()), null)
                : new Found(found, point.state());
    }

    /** What keeps a bot from being restored as it is now. */
    static @Nullable String hindrance(StateRestoreRequest request, BotState present) {
        var status = present.lifecycle().status();
        if (status == BotStatus.STOPPED || (status == BotStatus.RUNNING && request.restart())) {
            return null;
        }
        return status == BotStatus.RUNNING
                ? "it runs: stop it first, or ask for restart"
                : "it is %s: stop it first".formatted(status);
    }

    private BotStep asked(StateRestoreRequest request, BotStep part, BotState target) {
        try {
            owners.requireRestorable(part.bot(), target, request.symbol());
            return part;
        } catch (ProblemException e) {
            return e.type().retryable()
                    ? part.with(part.view().because("its owner could not be asked: " + e.detail()))
                    : part.ending(Outcome.FAILED, "its owner would refuse it: " + e.detail());
        }
    }
}
