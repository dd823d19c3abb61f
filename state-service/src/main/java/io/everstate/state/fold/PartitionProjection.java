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
import io.everstate.contracts.log.FoldOutcome.SkipReason;
import io.everstate.contracts.log.FoldOutcome.Skipped;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One partition in memory: folds its records on, batch by batch. Runs ahead of the store, so it must be dropped when a batch is not kept. */
public final class PartitionProjection {
    private final int partition;
    private final RecordCodec codec;
    private final PartitionFold fold;
    private final Map<BotId, ParkedBot> parked = new HashMap<>();
    private final long revision;
    private long nextOffset;

    public PartitionProjection(int partition, PartitionPosition position, RecordCodec codec) {
        this.partition = partition;
        this.codec = codec;
        this.fold = new PartitionFold(position.epoch(), position.bots(), position.parkings());
        position.parked().forEach(bot -> parked.put(bot.bot(), bot));
        this.revision = position.revision();
        this.nextOffset = position.nextOffset();
    }

    /**
     * Folds records in the order of the log. One of ours that is not understood parks its bot alone; in front of one of which not even the bot
     * can be told it ends.
     */
    public FoldedBatch fold(List<ConsumerRecord<String, byte[]>> records) {
        var start = nextOffset;
        var changes = new Changes();
        String unreadable = null;
        for (var stored : records) {
            unreadable = changes.read(codec.read(StoredHeaders.of(stored), stored.value()), stored);
            if (unreadable != null) {
                unreadable = "offset " + stored.offset() + ": " + unreadable;
                break;
            }
            nextOffset = stored.offset() + 1;
        }
        return changes.batch(start, unreadable);
    }

    /** Those that are not followed any more. */
    public List<ParkedBot> parked() {
        return List.copyOf(parked.values());
    }

    /** Of the states that it goes on from. */
    public long revision() {
        return revision;
    }

    /** What the records of one batch change. */
    private final class Changes {
        private final Map<BotId, BotState> bots = new LinkedHashMap<>();
        private final List<FoldedTrade> trades = new ArrayList<>();
        private final Set<BotId> passedOver = new LinkedHashSet<>();
        private SkipCounts skipped = SkipCounts.NONE;
        private long foreign;

        /** Returns why the record stops the partition; null when it does not. */
        @Nullable
        String read(DecodedRecord entry, ConsumerRecord<String, byte[]> stored) {
            switch (entry) {
                case Known(var known) -> add(known);
                case Foreign _ -> foreign++;
                case NotUnderstood strange -> park(strange, stored);
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
                    if (!parked.isEmpty() && parked.remove(state.id()) != null) {
                        passedOver.add(state.id());
                    }
                    if (entry instanceof BotEventRecorded recorded) {
                        addTrades(state, recorded.event().fills().size());
                    }
                }
                case Skipped(var reason) -> {
                    skipped = skipped.with(reason);
                    if (reason == SkipReason.PARKED && entry instanceof BotEventRecorded recorded) {
                        passedOver.add(recorded.bot());
                    }
                }
                case Refused _ -> skipped = skipped.withRefused();
            }
        }

        private void park(NotUnderstood entry, ConsumerRecord<String, byte[]> stored) {
            var reason = fold.park(entry, stored.offset()).reason();
            skipped = skipped.with(reason);
            if (reason == SkipReason.PARKED) {
                var bot = entry.bot();
                passedOver.add(bot);
                fold.parking(bot)
                        .ifPresent(parking -> parked.putIfAbsent(
                                bot,
                                new ParkedBot(bot, parking, entry.epoch(), Instant.ofEpochMilli(stored.timestamp()))));
            }
        }

        private void addTrades(BotState state, int made) {
            var newest = state.portfolio().recentTrades();
            newest.subList(newest.size() - made, newest.size())
                    .forEach(trade -> trades.add(new FoldedTrade(state.id(), trade)));
        }

        private ParkingChanges parkingChanges() {
            if (passedOver.isEmpty()) {
                return ParkingChanges.NONE;
            }
            var still = new ArrayList<ParkedBot>();
            var followed = new ArrayList<BotId>();
            for (var bot : passedOver) {
                var now = parked.computeIfPresent(
                        bot, (_, before) -> fold.parking(bot).map(before::with).orElse(before));
                if (now == null) {
                    followed.add(bot);
                } else {
                    still.add(now);
                }
            }
            return new ParkingChanges(List.copyOf(still), List.copyOf(followed));
        }

        FoldedBatch batch(long start, @Nullable String unreadable) {
            return new FoldedBatch(
                    partition,
                    start,
                    revision,
                    nextOffset,
                    fold.epoch(),
                    List.copyOf(bots.values()),
                    List.copyOf(trades),
                    parkingChanges(),
                    skipped,
                    foreign,
                    unreadable);
        }
    }
}
