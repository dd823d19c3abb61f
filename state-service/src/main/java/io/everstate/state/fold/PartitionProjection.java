package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
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
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.format.TradesCut;
import io.everstate.state.log.RecordMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One partition in memory: folds its records on, batch by batch. Runs ahead of the store, so it must be dropped when a batch is not kept. */
public final class PartitionProjection {
    private final int partition;
    private final String topicId;
    private final RecordCodec codec;
    private final FindingNotes notes;
    private final ReadableFold readable;
    private final Map<BotId, ParkedBot> parked;
    private final TradesCuts cuts = new TradesCuts();
    private final long revision;
    private final @Nullable FoldedAnew anew;
    private PartitionFold fold;
    /** Null when the log is the one that was folded before. */
    private @Nullable KnownBefore known;

    private long start;
    private long nextOffset;
    /** Of those that wait to be taken. */
    private @Nullable ConsumerRecord<?, byte[]> last;

    private Changes changes = new Changes();
    /** By the records that were added last. */
    private Set<BotId> moved = Set.of();
    /** Why the record at the next offset stops the partition, for good: what was read behind it comes here still, and must not be folded. */
    private @Nullable String unreadable;

    public PartitionProjection(int partition, PartitionPosition position, RecordCodec codec) {
        this.partition = partition;
        this.topicId = position.topicId();
        this.codec = codec;
        this.anew = position.anew();
        this.known = anew == null ? null : new KnownBefore(position.bots());
        this.fold =
                new PartitionFold(position.epoch(), anew == null ? position.bots() : List.of(), position.parkings());
        this.notes = new FindingNotes(partition, position);
        this.revision = position.revision();
        this.readable = new ReadableFold(partition, revision);
        this.parked = readable.parked();
        position.parked().forEach(bot -> parked.put(bot.bot(), bot));
        this.start = position.nextOffset();
        this.nextOffset = start;
        toBeRead();
    }

    /**
     * Folds records in the order of the log. One of ours that is not understood parks its bot alone; in front of one of which not even the bot
     * can be told it ends.
     */
    public FoldedBatch fold(List<? extends ConsumerRecord<?, byte[]>> records) {
        add(records);
        return take();
    }

    /**
     * The same; what they change is kept until it is taken, together with what the next ones change.
     *
     * @return the bots whose state is another one now
     */
    public Set<BotId> add(List<? extends ConsumerRecord<?, byte[]>> records) {
        moved = new HashSet<>();
        for (var stored : records) {
            if (unreadable != null) {
                break;
            }
            changes.catchUp(stored.offset());
            var why = changes.read(codec.read(StoredHeaders.of(stored), stored.value()), stored);
            if (why == null) {
                nextOffset = stored.offset() + 1;
                last = stored;
            } else {
                unreadable = "offset " + stored.offset() + ": " + why;
            }
        }
        toBeRead();
        return moved;
    }

    /** Once for a run of records: it costs them nothing. While the log is folded anew the fold is behind what is known. */
    private void toBeRead() {
        if (known == null) {
            readable.reaches(fold, nextOffset);
        }
    }

    /** What was folded since the last time, each bot once, as it is now. */
    public FoldedBatch take() {
        changes.catchUp(nextOffset);
        toBeRead();
        var batch = changes.batch(start, unreadable);
        start = nextOffset;
        last = null;
        changes = new Changes();
        return batch;
    }

    /** The same partition, for other threads. */
    ReadableFold readable() {
        return readable;
    }

    /** How many records wait to be taken. */
    public long waiting() {
        return nextOffset - start;
    }

    /** Those that are not followed any more. */
    public List<ParkedBot> parked() {
        return List.copyOf(parked.values());
    }

    public boolean isOf(String topic) {
        return topicId.equals(topic);
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
        private boolean caughtUp;

        /** Where the log ended when it was found to be another, it is seen what is lost. */
        void catchUp(long offset) {
            if (known == null || anew == null || offset < anew.to()) {
                return;
            }
            var lost = known.lost(fold);
            for (var one : lost) {
                var bot = ParkedBot.lost(one, fold.epoch(), anew);
                parked.put(bot.bot(), bot);
                passedOver.add(bot.bot());
            }
            notes.lost(lost, anew);
            notes.followed(
                    anew.parked().stream()
                            .filter(bot -> !parked.containsKey(bot))
                            .toList(),
                    anew);
            fold = known.goneOn(
                    fold, parked.values().stream().collect(Collectors.toMap(ParkedBot::bot, this::present)));
            notes.caughtUp();
            known = null;
            caughtUp = true;
        }

        /** With what this batch passed over. */
        private Parking present(ParkedBot bot) {
            return bot.isLost() ? bot.parking() : fold.parking(bot.bot()).orElse(bot.parking());
        }

        /** Returns why the record stops the partition; null when it does not. */
        @Nullable
        String read(DecodedRecord entry, ConsumerRecord<?, byte[]> stored) {
            switch (entry) {
                case Known(var ours) -> add(ours, stored);
                case Foreign _ -> foreign++;
                case NotUnderstood strange -> park(strange, stored);
                case Unattributable(var why) -> {
                    notes.unattributable(why, stored);
                    return why;
                }
            }
            return null;
        }

        private void add(LogRecord entry, ConsumerRecord<?, byte[]> stored) {
            var before = foldedUpTo(entry);
            var kept = keptOf(entry);
            switch (fold.apply(entry)) {
                case Claimed _, Released _ -> {}
                case Applied(var state) -> {
                    moved.add(state.id());
                    if (!parked.isEmpty() && parked.remove(state.id()) != null) {
                        passedOver.add(state.id());
                        notes.healed(FindingKind.PARKED, state.id(), stored);
                    }
                    if (entry instanceof BotEventRecorded recorded) {
                        if (kept != null && !MadeGood.by(recorded, kept)) {
                            leaveOut(recorded, state, kept, stored);
                        } else {
                            if (kept != null) {
                                notes.healed(FindingKind.LOST_END, state.id(), stored);
                            }
                            tell(recorded, state, before, stored);
                        }
                        notes.applied(recorded, stored);
                    }
                }
                case Skipped(var reason) -> {
                    skipped = skipped.with(reason);
                    if (entry instanceof BotEventRecorded recorded) {
                        passOver(recorded, reason, stored);
                    }
                }
                case Refused(var refusal) -> {
                    skipped = skipped.withRefused();
                    if (entry instanceof BotEventRecorded recorded) {
                        notes.refused(recorded, refusal, stored);
                    }
                }
            }
        }

        /** The state that is kept of a bot of which the log has lost what leads to it. */
        private @Nullable BotState keptOf(LogRecord entry) {
            if (parked.isEmpty() || !(entry instanceof BotEventRecorded recorded)) {
                return null;
            }
            var bot = parked.get(recorded.bot());
            return bot != null && bot.isLost() ? fold.find(recorded.bot()).orElse(null) : null;
        }

        /** All that the checkpoint tells stands in the place of trades that are lost. */
        private void leaveOut(
                BotEventRecorded checkpoint, BotState state, BotState kept, ConsumerRecord<?, byte[]> stored) {
            bots.put(state.id(), state);
            notes.leftOut(checkpoint, kept.sequence(), ToldTrades.leavingOut(checkpoint, state, kept), stored);
        }

        private void passOver(BotEventRecorded event, SkipReason reason, ConsumerRecord<?, byte[]> stored) {
            switch (reason) {
                case PARKED -> passedOver.add(event.bot());
                case GAP ->
                    notes.gap(
                            event,
                            fold.find(event.bot()).map(BotState::sequence).orElse(0L),
                            stored);
                case FENCED -> notes.fenced(event.bot(), event.epoch(), event.sequence(), stored);
                case STALE_CLAIM, DUPLICATE -> {}
            }
        }

        private void park(NotUnderstood entry, ConsumerRecord<?, byte[]> stored) {
            var reason = fold.park(entry, stored.offset()).reason();
            skipped = skipped.with(reason);
            if (reason == SkipReason.FENCED) {
                notes.fenced(entry.bot(), entry.epoch(), entry.sequence(), stored);
            }
            if (reason == SkipReason.PARKED) {
                if (!parked.containsKey(entry.bot())) {
                    notes.parked(entry, stored);
                }
                var bot = entry.bot();
                passedOver.add(bot);
                fold.parking(bot)
                        .ifPresent(parking -> parked.putIfAbsent(
                                bot,
                                new ParkedBot(bot, parking, entry.epoch(), Instant.ofEpochMilli(stored.timestamp()))));
            }
        }

        /** Of a checkpoint: the number up to which the bot was folded in front of it. */
        private long foldedUpTo(LogRecord entry) {
            return entry instanceof BotEventRecorded recorded && recorded.event() instanceof CheckpointTaken
                    ? fold.find(recorded.bot()).map(BotState::sequence).orElse(0L)
                    : 0;
        }

        private void tell(BotEventRecorded recorded, BotState state, long before, ConsumerRecord<?, byte[]> stored) {
            var made = ToldTrades.of(recorded, state, before);
            if (known == null) {
                bots.put(state.id(), state);
                trades.addAll(made);
                return;
            }
            known.told(state.id(), made);
            var toldUpTo = known.sequence(state.id());
            if (known.isReplacedBy(state)) {
                bots.put(state.id(), state);
                notes.replaced(recorded, known.replaced(state), stored);
            } else if (known.isLeftOutBy(recorded, before)) {
                bots.put(state.id(), state);
                notes.leftOutAnew(recorded, before, toldUpTo, known.replaced(state), stored);
            } else if (known.isNews(state)) {
                bots.put(state.id(), state);
                made.stream()
                        .filter(trade -> trade.trade().sequence() > toldUpTo)
                        .forEach(trades::add);
            }
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

        private Map<BotId, TradesCut> cut() {
            var made = HashMap.<BotId, TradesCut>newHashMap(bots.size());
            bots.values().forEach(state -> {
                var cut = cuts.cut(state);
                if (cut != null) {
                    made.put(state.id(), cut);
                }
            });
            return made;
        }

        FoldedBatch batch(long start, @Nullable String unreadable) {
            return new FoldedBatch(
                    partition,
                    start,
                    revision,
                    nextOffset,
                    fold.epoch(),
                    List.copyOf(bots.values()),
                    cut(),
                    List.copyOf(trades),
                    parkingChanges(),
                    skipped,
                    foreign,
                    notes.take(),
                    caughtUp,
                    last == null ? null : RecordMark.of(last),
                    unreadable);
        }
    }
}
