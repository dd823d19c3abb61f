package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.format.TradesCut;
import io.everstate.state.log.RecordMark;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of records made of one partition.
 *
 * @param start where the partition stood before; the store accepts the batch only there
 * @param revision of the states that it goes on from; the store accepts the batch only on these
 * @param end offset of the first record that is not in it; equal to {@code start} when nothing could be read
 * @param bots each bot that changed, once, as it is at the end
 * @param cuts of those of them whose trades are stored in two parts; the others are written whole
 * @param trades each trade that counts, in the log's order
 * @param foreign how many of the records are not ours
 * @param findings what a person should know of; also of the record at {@code end} that stops the partition
 * @param caughtUp whether the log was folded anew and is no more
 * @param last the newest of the records; null when there is none
 * @param unreadable why the record at {@code end} stops the partition; null when all were folded
 */
public record FoldedBatch(
        int partition,
        long start,
        long revision,
        long end,
        long epoch,
        List<BotState> bots,
        Map<BotId, TradesCut> cuts,
        List<FoldedTrade> trades,
        ParkingChanges parking,
        SkipCounts skipped,
        long foreign,
        FoundInLog findings,
        boolean caughtUp,
        @Nullable RecordMark last,
        @Nullable String unreadable) {
    /** The same, without what a person should know of. */
    public FoldedBatch silent() {
        return new FoldedBatch(
                partition,
                start,
                revision,
                end,
                epoch,
                bots,
                cuts,
                trades,
                parking,
                skipped,
                foreign,
                FoundInLog.NOTHING,
                caughtUp,
                last,
                unreadable);
    }

    public boolean moves() {
        return end > start || caughtUp;
    }
}
