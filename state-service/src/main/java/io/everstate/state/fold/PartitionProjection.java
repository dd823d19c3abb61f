package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.DecodedRecord;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.FoldOutcome.Applied;
import io.everstate.contracts.log.FoldOutcome.Claimed;
import io.everstate.contracts.log.FoldOutcome.Refused;
import io.everstate.contracts.log.FoldOutcome.Released;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One partition in memory: folds its records on, batch by batch. Runs ahead of the store, so it must be dropped when a batch is not kept. */
public final class PartitionProjection {
    private final int partition;
    private final RecordCodec codec;
    private final PartitionFold fold;
    private long nextOffset;

    public PartitionProjection(int partition, PartitionPosition position, RecordCodec codec) {
        this.partition = partition;
        this.codec = codec;
        this.fold = new PartitionFold(position.epoch(), position.bots());
        this.nextOffset = position.nextOffset();
    }

    /**
     * Folds records in the order of the log, up to the first one of ours that cannot be read. It would park its bot; the store has no place
     * for that, and whoever goes on from the store must meet the record.
     */
    public FoldedBatch fold(List<ConsumerRecord<String, byte[]>> records) {
        var start = nextOffset;
        var changes = new Changes();
        String unreadable = null;
        for (var stored : records) {
            unreadable = changes.read(codec.read(headers(stored), stored.value()));
            if (unreadable != null) {
                unreadable = "offset " + stored.offset() + ": " + unreadable;
                break;
            }
            nextOffset = stored.offset() + 1;
        }
        return changes.batch(start, unreadable);
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> stored) {
        var headers = new HashMap<String, String>();
        for (var header : stored.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** What the records of one batch change. */
    private final class Changes {
        private final Map<BotId, BotState> bots = new LinkedHashMap<>();
        private final List<FoldedTrade> trades = new ArrayList<>();
        private SkipCounts skipped = SkipCounts.NONE;
        private long foreign;

        /** Returns why the record cannot be folded; null when it could. */
        @Nullable
        String read(DecodedRecord stored) {
            switch (stored) {
                case Known(var entry) -> add(entry);
                case Foreign _ -> foreign++;
                case NotUnderstood entry -> {
                    return "bot %s, event %d: %s".formatted(entry.bot(), entry.sequence(), entry.why());
                }
                case Unattributable(var why) -> {
                    return why;
                }
            }
            return null;
        }

        private void add(LogRecord entry) {
            switch (fold.apply(entry)) {
                case Claimed _, Released _ -> {}
                case Applied(var state) -> {
                    bots.put(state.id(), state);
                    if (entry instanceof BotEventRecorded recorded) {
                        addTrades(state, recorded.event().fills().size());
                    }
                }
                case Skipped(var reason) -> skipped = skipped.with(reason);
                case Refused _ -> skipped = skipped.withRefused();
            }
        }

        private void addTrades(BotState state, int made) {
            var newest = state.portfolio().recentTrades();
            newest.subList(newest.size() - made, newest.size())
                    .forEach(trade -> trades.add(new FoldedTrade(state.id(), trade)));
        }

        FoldedBatch batch(long start, @Nullable String unreadable) {
            return new FoldedBatch(
                    partition,
                    start,
                    nextOffset,
                    fold.epoch(),
                    List.copyOf(bots.values()),
                    List.copyOf(trades),
                    skipped,
                    foreign,
                    unreadable);
        }
    }
}
