package io.everstate.state.parking;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.ParkedBot;
import java.time.Instant;

/**
 * A bot that is not followed any more.
 *
 * @param type of its record that is not understood
 * @param why it is not
 * @param offset of that record in its partition
 * @param since when that record was written
 * @param knownTo the number of the bot's newest event that is folded; 0 when nothing of it is known
 * @param passedOver the highest number of the bot that was read since; its state is not known from {@code knownTo} on
 */
public record ParkedView(
        BotId bot, int partition, String type, String why, long offset, Instant since, long knownTo, long passedOver) {
    public static ParkedView of(int partition, ParkedBot parked, long knownTo) {
        var parking = parked.parking();
        return new ParkedView(
                parked.bot(),
                partition,
                parking.type(),
                parking.why(),
                parking.offset(),
                parked.since(),
                knownTo,
                parking.sequence());
    }
}
