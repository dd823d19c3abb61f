package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.state.log.RecordMark;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is folded.
 *
 * @param topicId of the topic it was folded from
 * @param bots as far as each is followed
 * @param parked those that are not followed any more, also one of which nothing else is known
 * @param gaps bots of which something is missing that no checkpoint has made good yet, with the last record of this topic that shows it; -1
 *     where another topic's did
 * @param announceFrom what stands before this offset was there before the database was begun
 * @param anew not null while the log is folded from its start, behind the states
 * @param revision counted up when the states were changed otherwise than by folding on
 * @param last the record that was folded last; null when that is not known
 */
public record PartitionPosition(
        String topicId,
        long nextOffset,
        long epoch,
        List<BotState> bots,
        List<ParkedBot> parked,
        Map<BotId, Long> gaps,
        long announceFrom,
        @Nullable FoldedAnew anew,
        long revision,
        @Nullable RecordMark last) {

    /** With all bots followed, in a database as old as the log. */
    public PartitionPosition(String topicId, long nextOffset, long epoch, List<BotState> bots) {
        this(topicId, nextOffset, epoch, bots, List.of(), Map.of(), 0, null, 0, null);
    }

    /** The same, behind that record. */
    public PartitionPosition behind(@Nullable RecordMark record) {
        return new PartitionPosition(
                topicId, nextOffset, epoch, bots, parked, gaps, announceFrom, anew, revision, record);
    }

    Map<BotId, Parking> parkings() {
        return parked.stream().collect(Collectors.toMap(ParkedBot::bot, ParkedBot::parking));
    }
}
