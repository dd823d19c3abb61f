package io.everstate.state.restore.record;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import java.util.List;
import java.util.UUID;

/**
 * One bot's part in a restore.
 *
 * @param place in the order in which bots are restored
 * @param needs bots of the same restore that come before it
 * @param run what became of its run, if the restore ended it
 * @param attempts that nobody answered since it last came on
 */
public record BotStep(int place, BotId bot, List<UUID> needs, Run run, int attempts, BotRestoreView view) {

    public enum Run {
        /** It did not run, or nobody ended its run. */
        UNTOUCHED,
        /** Its run is to be ended, or is. */
        STOPPED,
        /** It runs again. */
        STARTED,
        /** It could not be started again. */
        STAYS_STOPPED
    }

    public static BotStep waiting(int place, BotId bot, String name, List<UUID> needs) {
        return new BotStep(place, bot, needs, Run.UNTOUCHED, 0, BotRestoreView.waiting(bot, name));
    }

    public Outcome outcome() {
        return view.outcome();
    }

    public BotStep with(Run now) {
        return new BotStep(place, bot, needs, now, attempts, view);
    }

    public BotStep with(BotRestoreView now) {
        return new BotStep(place, bot, needs, run, 0, now);
    }

    /** Nobody answered. */
    public BotStep triedOnceMore() {
        return new BotStep(place, bot, needs, run, attempts + 1, view);
    }

    /** It does not come to a checkpoint. */
    public BotStep ending(Outcome outcome, String reason) {
        return with(view.ending(outcome, reason));
    }

    /** It is what it was, but that it may be stopped. */
    public boolean untouched() {
        return outcome() == Outcome.WAITING || outcome() == Outcome.FOUND;
    }

    /** Nothing more comes of it but a new run. */
    public boolean over() {
        return switch (view.outcome()) {
            case WAITING, FOUND, WRITING -> false;
            case RESTORED, FAILED, LEFT, CANCELLED -> true;
        };
    }
}
