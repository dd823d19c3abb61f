package io.everstate.state.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Gives records out: of any of the partitions, in pieces of any size. */
final class Reader {
    private static final int MOST = 12;

    private final SimulatedLog log;
    private final Fault fault;
    private Random random = new Random(0);
    private boolean everything;

    Reader(SimulatedLog log, Fault fault) {
        this.log = log;
        this.fault = fault;
    }

    /** Decides from now on what a fetch gives. */
    void decides(Random now) {
        random = now;
    }

    /** From now on a fetch gives all that there is. */
    void everything() {
        everything = true;
    }

    ConsumerRecords<String, byte[]> fetch(Map<Integer, Long> positions) {
        var fetched = new HashMap<TopicPartition, List<ConsumerRecord<String, byte[]>>>();
        positions.forEach((number, position) -> {
            var partition = log.partition(number);
            var name = new TopicPartition("events", number);
            if (position > partition.end()) {
                throw new OffsetOutOfRangeException(Map.of(name, position));
            }
            var left = (int) (partition.end() - position);
            var count = everything ? left : Math.min(left, random.nextInt(MOST));
            if (count > 0) {
                var from = position.intValue();
                fetched.put(name, read(partition, partition.records().subList(from, from + count)));
            }
        });
        return new ConsumerRecords<>(fetched, Map.of());
    }

    private List<ConsumerRecord<String, byte[]>> read(
            SimulatedPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        return switch (fault) {
            case RECORDS_OUT_OF_ORDER -> {
                var shuffled = new ArrayList<>(records);
                Collections.shuffle(shuffled.subList(0, shuffled.size() - 1), random);
                yield shuffled;
            }
            case NO_SEQUENCE_RULE ->
                records.stream()
                        .map(stored -> SimulatedPartition.with(
                                stored,
                                Map.of(
                                        "ce_sequence",
                                        partition.expected(stored.offset()).sequence())))
                        .toList();
            case NO_EPOCH_RULE ->
                records.stream()
                        .map(stored -> SimulatedPartition.with(
                                stored,
                                Map.of(
                                        "ce_epoch",
                                        partition.expected(stored.offset()).epoch())))
                        .toList();
            default -> List.copyOf(records);
        };
    }
}
