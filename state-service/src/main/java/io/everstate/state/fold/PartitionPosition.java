package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far a partition is folded.
 *
 * @param topicId of the topic it was folded from
 * @param bots as far as each is followed
 * @param parked those that are not followed any more, also one of which nothing else is known
 * @param revision counted up when the states were changed otherwise than by folding on
 */
public record PartitionPosition(
        String topicId, long nextOffset, long epoch, List<BotState> bots, List<ParkedBot> parked, long revision) {

    /** With all bots followed. */
    public PartitionPosition(String topicId, long nextOffset, long epoch, List<BotState> bots) {
        this(topicId, nextOffset, epoch, bots, List.of(), 0);
    }

    Map<BotId, Parking> parkings() {
        return parked.stream().collect(Collectors.toMap(ParkedBot::bot, ParkedBot::parking));
    }
}
