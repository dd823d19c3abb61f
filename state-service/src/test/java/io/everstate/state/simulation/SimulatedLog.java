package io.everstate.state.simulation;

import io.everstate.state.log.LogTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The topic as it is now. */
final class SimulatedLog {
    private final List<SimulatedPartition> partitions;
    private int made;

    SimulatedLog(int partitions) {
        this.partitions = new ArrayList<>(
                IntStream.range(0, partitions).mapToObj(SimulatedPartition::new).toList());
    }

    LogTopic topic() {
        return new LogTopic("topic-" + made, partitions.size());
    }

    SimulatedPartition partition(int number) {
        return partitions.get(number);
    }

    Map<Integer, Long> ends() {
        var ends = new HashMap<Integer, Long>();
        for (int number = 0; number < partitions.size(); number++) {
            ends.put(number, (long) partitions.get(number).end());
        }
        return ends;
    }

    /** From this offset on the partition holds nothing any more. */
    void cut(int number, int end) {
        partitions.set(number, partitions.get(number).cut(end));
    }

    /** The topic is another from now on. */
    void madeAnew() {
        made++;
    }
}
