package io.everstate.state.fold;

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
    ParkedBot with(Parking now) {
        return new ParkedBot(bot, now, epoch, since);
    }
}
