package io.everstate.benchmarks.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** When each partition was first seen up to where. Written by one thread; read when that has ended. */
public final class Sights {

    private final List<List<Sight>> partitions = IntStream.range(0, FleetLog.PARTITIONS)
            .<List<Sight>>mapToObj(_ -> new ArrayList<>())
            .toList();
    private final long[] reached = new long[FleetLog.PARTITIONS];

    private record Sight(long next, long nanos) {}

    /** @param next the first offset that is not to be seen yet */
    public void see(int partition, long next, long nanos) {
        if (next > reached[partition]) {
            reached[partition] = next;
            partitions.get(partition).add(new Sight(next, nanos));
        }
    }

    /** When the record was first to be seen. */
    long when(int partition, long offset) {
        List<Sight> sights = partitions.get(partition);
        int low = 0;
        int high = sights.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sights.get(middle).next() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == sights.size()) {
            throw new IllegalStateException("offset " + offset + " of partition " + partition + " was never seen");
        }
        return sights.get(low).nanos();
    }
}
