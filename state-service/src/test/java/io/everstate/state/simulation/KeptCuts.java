package io.everstate.state.simulation;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.fold.PartitionPosition;
import io.everstate.state.log.RecordMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Places at which snapshots could have been taken, and what they are worth in the end: where the log still has the record behind which one was
 * taken, it is the fold of the log up to there, but for bots that were parked.
 */
final class KeptCuts {
    private final Map<Integer, List<PartitionPosition>> kept = new HashMap<>();
    private final boolean byOffsetAlone;
    private long lost;

    KeptCuts(Fault fault) {
        this.byOffsetAlone = fault == Fault.A_PLACE_IS_AN_OFFSET;
    }

    /** None is taken while the partition is folded anew. */
    void keep(int partition, PartitionPosition position) {
        if (position.anew() == null && position.last() != null) {
            kept.computeIfAbsent(partition, _ -> new ArrayList<>()).add(position);
        }
    }

    /** How many were found to be of a log that has other records there by now. */
    long lost() {
        return lost;
    }

    /** A sentence for each that the log does not lead to. */
    List<String> differences(SimulatedLog log) {
        var differences = new ArrayList<String>();
        kept.forEach((partition, positions) -> differences(log, partition, positions, differences));
        return differences;
    }

    private void differences(
            SimulatedLog log, int partition, List<PartitionPosition> positions, List<String> differences) {
        var records = log.partition(partition).records();
        var upTo = new SimulatedPartition(partition);
        var places = positions.stream()
                .filter(position -> position.topicId().equals(log.topic().id()))
                .filter(position -> position.nextOffset() <= records.size())
                .sorted(Comparator.comparingLong(PartitionPosition::nextOffset))
                .toList();
        for (var place : places) {
            if (isOf(log.partition(partition), place)) {
                records.subList(upTo.end(), (int) place.nextOffset()).forEach(upTo::add);
                compare(place, upTo, "partition %d at %d".formatted(partition, place.nextOffset()), differences);
            } else {
                lost++;
            }
        }
    }

    private boolean isOf(SimulatedPartition partition, PartitionPosition place) {
        var last = place.last();
        return byOffsetAlone
                || (last != null
                        && RecordMark.of(partition.records().get((int) last.offset()))
                                .equals(last));
    }

    private static void compare(
            PartitionPosition place, SimulatedPartition upTo, String where, List<String> differences) {
        if (place.epoch() != upTo.epoch()) {
            differences.add("%s: epoch %d was kept, and the log has %d".formatted(where, place.epoch(), upTo.epoch()));
        }
        var parked = parked(place);
        place.bots().stream()
                .filter(state -> !parked.contains(state.id()))
                .filter(state -> !upTo.find(state.id()).equals(Optional.of(state)))
                .forEach(state -> differences.add("%s: bot %s is another in the log".formatted(where, state.id())));
    }

    private static Set<BotId> parked(PartitionPosition place) {
        return place.parked().stream().map(ParkedBot::bot).collect(Collectors.toSet());
    }
}
