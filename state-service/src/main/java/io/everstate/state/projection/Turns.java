package io.everstate.state.projection;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;

/**
 * Which partitions are read now. Those that are far behind are read one after another, a transaction's records each: of a bot that made many
 * of them the state is then written once, and not once for every few. All others are read all the time.
 */
final class Turns {
    private final long far;
    private int turn = -1;
    private boolean over;
    private boolean behind;

    /** @param far so many records behind a partition is read in turn */
    Turns(long far) {
        this.far = far;
    }

    /**
     * Those to read now.
     *
     * @param lag how many records of a partition are not read yet; 0 where that is not known
     */
    Set<Integer> of(Set<Integer> partitions, IntToLongFunction lag) {
        NavigableSet<Integer> waiting = partitions.stream()
                .filter(partition -> lag.applyAsLong(partition) > far)
                .collect(Collectors.toCollection(TreeSet::new));
        behind = !waiting.isEmpty();
        if (!behind) {
            return partitions;
        }
        if (over || !waiting.contains(turn)) {
            var next = waiting.higher(turn);
            turn = next == null ? waiting.first() : next;
            over = false;
        }
        Set<Integer> reading = new HashSet<>(partitions);
        reading.removeAll(waiting);
        reading.add(turn);
        return reading;
    }

    /** Whether one of them is far behind. */
    boolean behind() {
        return behind;
    }

    /** The turn is over; it is the next one's, if another one is far behind. */
    void over() {
        over = true;
    }
}
