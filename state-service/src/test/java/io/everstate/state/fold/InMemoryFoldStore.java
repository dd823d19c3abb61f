package io.everstate.state.fold;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps it in maps; can be told to be away. */
public final class InMemoryFoldStore implements FoldStore {
    private final Map<Integer, Partition> partitions = new HashMap<>();
    private final List<FoldedTrade> trades = new ArrayList<>();
    private boolean away;

    private static final class Partition {
        private final String topicId;
        private final Map<BotId, BotState> bots = new LinkedHashMap<>();
        private final Map<BotId, ParkedBot> parked = new LinkedHashMap<>();
        private long nextOffset;
        private long epoch;
        private long revision;

        Partition(String topicId) {
            this.topicId = topicId;
        }

        PartitionPosition position() {
            return new PartitionPosition(
                    topicId, nextOffset, epoch, List.copyOf(bots.values()), List.copyOf(parked.values()), revision);
        }
    }

    public void away(boolean now) {
        away = now;
    }

    public List<FoldedTrade> trades() {
        return List.copyOf(trades);
    }

    @Override
    public Optional<PartitionPosition> find(int partition) {
        answerOrFail();
        return Optional.ofNullable(partitions.get(partition)).map(Partition::position);
    }

    @Override
    public PartitionPosition load(int partition, String topicId) {
        answerOrFail();
        return partitions
                .computeIfAbsent(partition, _ -> new Partition(topicId))
                .position();
    }

    @Override
    public void commit(List<FoldedBatch> batches) {
        answerOrFail();
        for (var batch : batches) {
            var partition = partitions.get(batch.partition());
            if (partition == null || partition.nextOffset != batch.start() || partition.revision != batch.revision()) {
                throw new PartitionLostException("partition " + batch.partition() + " stands elsewhere");
            }
        }
        batches.forEach(this::keep);
    }

    private void keep(FoldedBatch batch) {
        partitions.computeIfPresent(batch.partition(), (_, partition) -> {
            partition.nextOffset = batch.end();
            partition.epoch = batch.epoch();
            change(partition, batch);
            return partition;
        });
    }

    private void change(Partition partition, FoldedBatch batch) {
        batch.bots().forEach(bot -> partition.bots.put(bot.id(), bot));
        batch.parking().parked().forEach(bot -> partition.parked.put(bot.bot(), bot));
        batch.parking().followed().forEach(partition.parked::remove);
        trades.addAll(batch.trades());
    }

    @Override
    public long revision(int partition) {
        answerOrFail();
        return Optional.ofNullable(partitions.get(partition))
                .map(known -> known.revision)
                .orElse(0L);
    }

    @Override
    public boolean resume(int partition, Function<ParkedPlace, Optional<FoldedBatch>> refold) {
        answerOrFail();
        var known = partitions.get(partition);
        var refolded = known == null
                ? Optional.<FoldedBatch>empty()
                : refold.apply(new ParkedPlace(known.nextOffset, List.copyOf(known.parked.values())));
        refolded.ifPresent(batch -> {
            change(requireNonNull(known), batch);
            known.revision++;
        });
        return refolded.isPresent();
    }

    private void answerOrFail() {
        if (away) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the database does not answer");
        }
    }
}
