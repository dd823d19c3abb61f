package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a restore does, or would do, with one bot.
 *
 * @param before the bot before it; absent until that is known
 * @param after what it goes back to: the number of the newest event in that state, and the hash of the holdings that come of it
 * @param rung where that state was had from
 * @param snapshot from which it was had, if from one
 * @param passedOver why no higher rung was possible, a sentence each
 * @param parked why it may have been another then than what it goes back to: it was parked, and its state is what was known of it; absent when
 *     it was followed
 * @param changed fields of the holdings that differ, at most {@value #MOST_CHANGES}
 * @param eventsLost how many of its numbered events are undone
 * @param secondsLost between the newest event that is undone and the state that it goes back to
 * @param checkpoint the number of the event that carries the old holdings; absent while there is none
 * @param restarted whether it ran, was stopped for it, and runs again
 * @param reason why it failed or is left alone
 * @param wayBack the snapshot that has it as it was right before; absent until it is to be changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotRestoreView(
        BotId bot,
        String name,
        Outcome outcome,
        @Nullable Place before,
        @Nullable Place after,
        @Nullable RestoreRung rung,
        @Nullable UUID snapshot,
        List<String> passedOver,
        @Nullable String parked,
        List<Change> changed,
        long eventsLost,
        long secondsLost,
        @Nullable Long checkpoint,
        boolean restarted,
        @Nullable String reason,
        @Nullable UUID wayBack) {
    public static final int MOST_CHANGES = 500;

    /** A bot whose turn has not come. */
    public static BotRestoreView waiting(BotId bot, String name) {
        return new BotRestoreView(
                bot,
                name,
                Outcome.WAITING,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                0,
                0,
                null,
                false,
                null,
                null);
    }

    public BotRestoreView {
        passedOver = List.copyOf(passedOver);
        changed = List.copyOf(changed.subList(0, Math.min(changed.size(), MOST_CHANGES)));
    }

    /** Its checkpoint counts, and holds what was promised. */
    public BotRestoreView restoredBy(long sequence) {
        return new BotRestoreView(
                bot,
                name,
                Outcome.RESTORED,
                before,
                after,
                rung,
                snapshot,
                passedOver,
                parked,
                changed,
                eventsLost,
                secondsLost,
                sequence,
                restarted,
                reason,
                wayBack);
    }

    public BotRestoreView runningAgain() {
        return new BotRestoreView(
                bot,
                name,
                outcome,
                before,
                after,
                rung,
                snapshot,
                passedOver,
                parked,
                changed,
                eventsLost,
                secondsLost,
                checkpoint,
                true,
                reason,
                wayBack);
    }

    /** It is about to be changed, and this snapshot has it as it is. */
    public BotRestoreView withWayBack(UUID snapshot) {
        return new BotRestoreView(
                bot,
                name,
                outcome,
                before,
                after,
                rung,
                this.snapshot,
                passedOver,
                parked,
                changed,
                eventsLost,
                secondsLost,
                checkpoint,
                restarted,
                reason,
                snapshot);
    }

    /** With one more reason. */
    public BotRestoreView because(String more) {
        return new BotRestoreView(
                bot,
                name,
                outcome,
                before,
                after,
                rung,
                snapshot,
                passedOver,
                parked,
                changed,
                eventsLost,
                secondsLost,
                checkpoint,
                restarted,
                reason == null ? more : reason + "; " + more,
                wayBack);
    }

    /** It ends without a checkpoint. */
    public BotRestoreView ending(Outcome ended, String why) {
        return new BotRestoreView(
                bot,
                name,
                ended,
                before,
                after,
                rung,
                snapshot,
                passedOver,
                parked,
                changed,
                0,
                0,
                checkpoint,
                restarted,
                why,
                wayBack);
    }

    public enum Outcome {
        /** Its turn has not come. */
        WAITING,
        /** It is known to what it goes back; a dry run ends here. */
        FOUND,
        /** Its owner is asked for the checkpoint. */
        WRITING,
        /** The checkpoint counts, and was read back. */
        RESTORED,
        FAILED,
        /** There is nothing to do. */
        LEFT,
        /** The restore was cancelled before its turn; it is what it was. */
        CANCELLED
    }

    /**
     * @param sequence of its newest event
     * @param hash SHA-256 of its holdings, in hexadecimal: what a restore brings back
     */
    public record Place(long sequence, String hash) {}

    /**
     * @param field as portfolio.symbols.BTC/USD.balance
     * @param before absent when it was not there
     * @param after absent when it is not there any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String field, @Nullable String before, @Nullable String after) {}
}
