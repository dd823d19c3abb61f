package io.everstate.state.fold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import java.time.Instant;

/**
 * A bot that is not followed beyond its state, with what is needed to take it up again.
 *
 * @param epoch of the partition at the record that is not understood
 * @param since when that record was written, as the log has it
 */
public record ParkedBot(BotId bot, Parking parking, long epoch, Instant since) {
    /** Stands for the type of a record where none is at fault. */
    public static final String LOST_END = "io.everstate.state.lost-end";

    /** A bot of which the log has less than is known: nothing of it counts until a checkpoint above all that is known. */
    static ParkedBot lost(KnownBefore.Lost lost, long epoch, FoldedAnew anew) {
        var why = "the log ends at its event %d, and its events up to %d were folded before"
                .formatted(lost.last(), lost.known().sequence());
        var parking = new Parking(LOST_END, why, anew.to(), lost.known().sequence());
        return new ParkedBot(lost.known().id(), parking, epoch, anew.since());
    }

    /** Whether no record of it is at fault, but the log's lost end. */
    @JsonIgnore
    public boolean isLost() {
        return parking.type().equals(LOST_END);
    }

    /** The same, with more passed over. */
    public ParkedBot with(Parking now) {
        return new ParkedBot(bot, now, epoch, since);
    }
}
