package io.everstate.state.oracle;

import io.everstate.contracts.bot.BotState;
import io.everstate.state.fold.FoldedTrade;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.fold.SkipCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a log was folded to: all partitions, and what is kept beside them. */
public record Outcome(
        Map<Integer, PartitionOutcome> partitions, List<FoldedTrade> trades, Map<Found, Boolean> findings) {
    private static final Comparator<FoldedTrade> ORDER = Comparator.<FoldedTrade, String>comparing(
                    trade -> trade.bot().toString())
            .thenComparingLong(trade -> trade.trade().sequence())
            .thenComparingInt(trade -> trade.trade().leg());

    public Outcome {
        trades = trades.stream().sorted(ORDER).toList();
    }

    /** As it is stored; a partition that was never taken up is at its start. */
    public static Outcome of(StoredFold stored, int partitions) {
        var outcomes = new TreeMap<Integer, PartitionOutcome>();
        for (int partition = 0; partition < partitions; partition++) {
            var position = stored.store().find(partition);
            outcomes.put(
                    partition,
                    position.isPresent()
                            ? of(position.get(), stored.skipped(partition))
                            : new PartitionOutcome(0, 0, Map.of(), Map.of(), SkipCounts.NONE));
        }
        return new Outcome(outcomes, stored.trades(), stored.findings());
    }

    private static PartitionOutcome of(PartitionPosition position, SkipCounts skipped) {
        return new PartitionOutcome(
                position.nextOffset(),
                position.epoch(),
                position.bots().stream().collect(Collectors.toMap(BotState::id, Function.identity())),
                position.parked().stream().collect(Collectors.toMap(ParkedBot::bot, ParkedAt::of)),
                skipped);
    }

    /** Of each partition. */
    public List<SkipCounts> skipped() {
        return partitions.values().stream().map(PartitionOutcome::skipped).toList();
    }

    /** A sentence for each thing in which this is not what was expected; empty when it is. */
    public List<String> differences(Outcome expected) {
        var differences = new ArrayList<String>();
        expected.partitions.forEach((number, partition) -> {
            var mine = partitions.get(number);
            if (mine == null) {
                differences.add("partition " + number + " is missing");
                return;
            }
            var name = "partition " + number + ": ";
            differ(differences, name + "next offset", mine.nextOffset(), partition.nextOffset());
            differ(differences, name + "epoch", mine.epoch(), partition.epoch());
            differ(differences, name + "skipped", mine.skipped(), partition.skipped());
            differ(differences, name + "state of ", mine.states(), partition.states());
            differ(differences, name + "parking of ", mine.parked(), partition.parked());
        });
        differ(differences, "trades ", counted(trades), counted(expected.trades));
        differ(differences, "finding ", findings, expected.findings);
        return differences;
    }

    private static Map<FoldedTrade, Long> counted(List<FoldedTrade> trades) {
        return trades.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static void differ(List<String> differences, String what, @Nullable Object mine, @Nullable Object other) {
        if (!Objects.equals(mine, other)) {
            differences.add("%s is %s and not %s".formatted(what, mine, other));
        }
    }

    private static <K, V> void differ(List<String> differences, String what, Map<K, V> mine, Map<K, V> other) {
        Set<String> seen = new TreeSet<>();
        for (var keys : List.of(mine.keySet(), other.keySet())) {
            for (var key : keys) {
                if (seen.add(key.toString())) {
                    differ(differences, what + key, mine.get(key), other.get(key));
                }
            }
        }
    }
}
