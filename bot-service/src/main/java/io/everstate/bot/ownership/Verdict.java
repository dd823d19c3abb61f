package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.CommandOutcome;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.Transition;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command comes to on one state of its bot. True only where that state counts. */
sealed interface Verdict {
    /** Its event would be this one, and the bot's state behind it the next one. */
    record Granted(BotEvent event, BotState next) implements Verdict {}

    /** Its key was used for the same command before: that event, which this state knows, is its outcome. */
    record Repeated(long sequence) implements Verdict {}

    /** It changes nothing. */
    record Refused(ProblemException problem) implements Verdict {}

    /** @param parking why the bot is not followed beyond the state; null when it is */
    static Verdict on(@Nullable BotState state, @Nullable Parking parking, Submission submission, Instant now) {
        var event = submission.command().event(state);
        var before = before(state, submission.idempotencyKey());
        if (before.isPresent()) {
            return repeated(before.get(), event, state);
        }
        if (parking != null && !submission.command().restores()) {
            return new Refused(new ParkedException(submission.bot(), parking));
        }
        if (event == null) {
            return refused(submission, Refusal.UNKNOWN_BOT);
        }
        if (!submission.command().meant(state)) {
            return refused(submission, Refusal.SUPERSEDED);
        }
        var above = Math.max(submission.command().above(), parking == null ? 0 : parking.sequence());
        var sequence = Math.max(sequenceAfter(state, event), above + 1);
        return switch (Transition.of(submission.bot(), state, event, sequence, now, submission.idempotencyKey())) {
            case Transition.Accepted(var next) -> new Granted(event, next);
            case Transition.Refused(var refusal) -> refused(submission, refusal);
        };
    }

    private static Optional<CommandOutcome> before(@Nullable BotState state, @Nullable String key) {
        return state == null || key == null ? Optional.empty() : state.outcomeOf(key);
    }

    /** The same key for another command is a mistake of the caller. */
    private static Verdict repeated(CommandOutcome before, @Nullable BotEvent event, @Nullable BotState state) {
        if (event != null && event.eventType().equals(before.type()) && !createsAnother(event, state)) {
            return new Repeated(before.sequence());
        }
        return new Refused(
                new ProblemException(ProblemType.CONFLICT, "the idempotency key was used for another command"));
    }

    private static boolean createsAnother(BotEvent event, @Nullable BotState state) {
        return event instanceof BotCreated created
                && state != null
                && !(created.kind() == state.kind() && mayHaveBegunWith(created.configuration(), state));
    }

    /** Once the oldest version that is kept is not the first, nobody knows any more: then the key is believed. */
    private static boolean mayHaveBegunWith(BotConfiguration configuration, BotState state) {
        var oldest = state.configurations().getFirst();
        return oldest.number() > 1 || oldest.configuration().equals(configuration);
    }

    private static Verdict refused(Submission submission, Refusal refusal) {
        return new Refused(new RefusedException(submission.bot(), refusal));
    }

    /** The next number; a checkpoint that carries a later state goes above that one. */
    private static long sequenceAfter(@Nullable BotState state, BotEvent event) {
        var known = state == null ? 0 : state.sequence();
        return event instanceof CheckpointTaken(var _, var carried)
                ? Math.max(known, carried.sequence()) + 1
                : known + 1;
    }
}
