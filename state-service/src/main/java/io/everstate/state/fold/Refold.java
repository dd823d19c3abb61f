package io.everstate.state.fold;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.finding.Finding;
import io.everstate.state.finding.FindingKind;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.finding.Healing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes parked bots up again: folds a partition's records anew from the first on that was not understood, but of these bots only, and of each
 * only from its own such record on. What came before was counted once already, and may have been judged otherwise than it would be now.
 */
public final class Refold {
    private static final String TYPE = "ce_type";
    private static final String SUBJECT = "ce_subject";

    private final int partition;
    private final String topicId;
    private final PartitionProjection projection;
    private final Map<BotId, Long> from = new HashMap<>();
    private final Map<BotId, BotState> bots = new LinkedHashMap<>();
    private final List<FoldedTrade> trades = new ArrayList<>();
    private long next;
    private Instant newest = Instant.EPOCH;

    /** @param parked at least one bot of the position's */
    public Refold(int partition, PartitionPosition position, List<ParkedBot> parked, RecordCodec codec) {
        this.partition = partition;
        this.topicId = position.topicId();
        var first = parked.stream()
                .min(Comparator.comparingLong(bot -> bot.parking().offset()))
                .orElseThrow(() -> new IllegalArgumentException("nobody is parked"));
        parked.forEach(bot -> from.put(bot.bot(), bot.parking().offset()));
        this.next = first.parking().offset();
        var states = position.bots().stream()
                .filter(state -> from.containsKey(state.id()))
                .toList();
        this.projection = new PartitionProjection(
                partition, new PartitionPosition(position.topicId(), next, first.epoch(), states), codec);
    }

    /** The offset of the next record to fold. */
    public long next() {
        return next;
    }

    /** The partition's records, those of other bots too; claims among them count. */
    public void fold(List<? extends ConsumerRecord<?, byte[]>> records) {
        var concerned = records.stream().filter(this::concerns).toList();
        var batch = projection.fold(concerned);
        batch.bots().forEach(state -> bots.put(state.id(), state));
        trades.addAll(batch.trades());
        if (batch.unreadable() != null) {
            throw new ProblemException(
                    ProblemType.CORRUPT,
                    "a record that was folded before stops its partition now, " + batch.unreadable());
        }
        if (!records.isEmpty()) {
            next = records.getLast().offset() + 1;
            newest = Instant.ofEpochMilli(records.getLast().timestamp());
        }
    }

    private boolean concerns(ConsumerRecord<?, byte[]> stored) {
        var headers = StoredHeaders.of(stored);
        if (OwnershipClaimed.TYPE.equals(headers.get(TYPE))) {
            return true;
        }
        var bot = subject(headers.get(SUBJECT));
        return bot != null && stored.offset() >= from.getOrDefault(bot, Long.MAX_VALUE);
    }

    private static @Nullable BotId subject(@Nullable String text) {
        try {
            return text == null ? null : BotId.of(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private List<Healing> healed(List<BotId> followed) {
        var place = new Finding.Place(topicId, partition, next - 1);
        return followed.stream()
                .map(bot -> new Healing(FindingKind.PARKED, bot, place, newest, false))
                .toList();
    }

    /**
     * What the records so far make of these bots: a batch that does not move the partition. It ends behind it all the same: a cut at this
     * very place may have been taken before, and what changed since a cut is what a later batch changed.
     */
    public FoldedBatch result(ParkedPlace place) {
        var parked = projection.parked();
        var still = parked.stream().map(ParkedBot::bot).collect(Collectors.toSet());
        var followed =
                from.keySet().stream().filter(bot -> !still.contains(bot)).toList();
        return new FoldedBatch(
                partition,
                place.nextOffset(),
                projection.revision(),
                place.nextOffset() + 1,
                0,
                List.copyOf(bots.values()),
                Map.of(),
                List.copyOf(trades),
                new ParkingChanges(parked, followed),
                SkipCounts.NONE,
                0,
                new FoundInLog(List.of(), healed(followed)),
                false,
                null,
                null);
    }
}
