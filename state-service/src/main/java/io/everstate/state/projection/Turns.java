package io.everstate.state.projection;

import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;

/**
 * Which partitions are read now. Those that are far behind are read one after another, each until it has nearly caught up: of a bot that made
 * many records the state is then written once, and not once for every few. All others are read all the time.
 */
final class Turns {
    /** So many polls may bring nothing of the partition whose turn it is: one that has no leader must not hold up the others. */
    private static final int PATIENCE = 5;
    /** So many transactions a turn may last: one that is written to faster than it is folded must not hold up the others. */
    private static final int LONGEST = 20;
    /** Nearly caught up is this part of what is far behind. */
    private static final int NEARLY = 10;

    private final long most;
    private int turn = -1;
    private int empty;
    private int transactions;
    private boolean over;
    private Set<Integer> far = Set.of();

    /** @param most a partition that is further behind is read in turn */
    Turns(long most) {
        this.most = most;
    }

    /**
     * Those to read now.
     *
     * @param lag how many records of a partition are not read yet; 0 where that is not known
     */
    Set<Integer> of(Set<Integer> partitions, IntToLongFunction lag) {
        NavigableSet<Integer> waiting = partitions.stream()
                .filter(partition -> lag.applyAsLong(partition) > (partition == turn ? most / NEARLY : most))
                .collect(Collectors.toCollection(TreeSet::new));
        far = Set.copyOf(waiting);
        if (waiting.isEmpty()) {
            return partitions;
        }
        if (over || !waiting.contains(turn)) {
            var next = waiting.higher(turn);
            turn = next == null ? waiting.first() : next;
            over = false;
            empty = 0;
            transactions = 0;
        }
        Set<Integer> reading = new HashSet<>(partitions);
        reading.removeAll(waiting);
        reading.add(turn);
        return reading;
    }

    /** Whether one of them is far behind. */
    boolean behind() {
        return !far.isEmpty();
    }

    /** Those that are far behind. */
    Set<Integer> far() {
        return far;
    }

    /** @param brought partitions of which the last poll had records */
    void polled(Set<Integer> brought) {
        empty = brought.contains(turn) ? 0 : empty + 1;
        if (empty >= PATIENCE) {
            over = true;
        }
    }

    /** As much was read as a transaction may have. */
    void transactionFull() {
        transactions++;
        if (transactions >= LONGEST) {
            over = true;
        }
    }
}
