package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.parking.ParkedView;
import org.jspecify.annotations.Nullable;

final class UnknownBotException extends ProblemException {
    UnknownBotException(BotId bot) {
        super(ProblemType.NOT_FOUND, "there is no bot " + bot);
    }

    private UnknownBotException(ParkedView parked) {
        super(
                ProblemType.NOT_FOUND,
                "nothing is known of bot %s: it is parked at its first record, %s at offset %d, which is not understood"
                        .formatted(parked.bot(), parked.type(), parked.offset()));
    }

    /** @param parked null when it is not */
    static UnknownBotException of(BotId bot, @Nullable ParkedView parked) {
        return parked == null ? new UnknownBotException(bot) : new UnknownBotException(parked);
    }
}
