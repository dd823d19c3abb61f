package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is folded.
 *
 * @param topicId of the topic it was folded from
 * @param bots as far as each is followed
 * @param parked those that are not followed any more, also one of which nothing else is known
 * @param gaps bots of which something is missing that no checkpoint has made good yet
 * @param announceFrom what stands before this offset was there before the database was begun
 * @param anew not null while the log is folded from its start, behind the states
 * @param revision counted up when the states were changed otherwise than by folding on
 */
public record PartitionPosition(
        String topicId,
        long nextOffset,
        long epoch,
        List<BotState> bots,
        List<ParkedBot> parked,
        Set<BotId> gaps,
        long announceFrom,
        @Nullable FoldedAnew anew,
        long revision) {

    /** With all bots followed, in a database as old as the log. */
    public PartitionPosition(String topicId, long nextOffset, long epoch, List<BotState> bots) {
        this(topicId, nextOffset, epoch, bots, List.of(), Set.of(), 0, null, 0);
    }

    Map<BotId, Parking> parkings() {
        return parked.stream().collect(Collectors.toMap(ParkedBot::bot, ParkedBot::parking));
    }
}
