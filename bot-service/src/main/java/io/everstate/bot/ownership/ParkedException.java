package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;

/** The log has a record of the bot that this version does not understand; nothing is done on a state that may not be its own. */
public final class ParkedException extends ProblemException {
    public ParkedException(BotId bot, Parking parking) {
        super(
                ProblemType.CONFLICT,
                "bot %s is parked: its record at offset %d, %s, is not understood (%s); restore a checkpoint of it, or run a version that understands the record"
                        .formatted(bot, parking.offset(), parking.type(), parking.why()));
    }
}
