package io.everstate.backup.segments;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A log without a broker, read by Kafka's own stand-in for its consumer: every partition has as many records of the same size. */
final class MadeUpLog {
    static final String TOPIC = "everstate.bot.events";
    /** Of one poll, at most. */
    static final int RECORDS = 10;

    private final long end;
    private final int bytes;
    private final Map<Integer, Long> damage = new HashMap<>();
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final List<Reading> consumers = new ArrayList<>();
    private boolean closes = true;
    private Supplier<Consumer<ByteBuffer, ByteBuffer>> making = this::make;

    /**
     * @param end of each partition
     * @param bytes of each record's value
     */
    MadeUpLog(long end, int bytes) {
        this.end = end;
        this.bytes = bytes;
    }

    LogReader reader() {
        return new LogReader(TOPIC, () -> making.get());
    }

    private Consumer<ByteBuffer, ByteBuffer> make() {
        var made = new Reading();
        consumers.add(made);
        return made;
    }

    /** How many consumers were made. */
    int consumers() {
        return consumers.size();
    }

    /** The partitions of the last consumer that it reads not now. */
    Set<Integer> paused() {
        var numbers = new HashSet<Integer>();
        consumers.getLast().paused().forEach(place -> numbers.add(place.partition()));
        return numbers;
    }

    /** Kafka's client throws wherever it is to read the record at this offset. */
    void damage(int partition, long offset) {
        damage.put(partition, offset);
    }

    /** The next poll throws. */
    void failOnce(RuntimeException failure) {
        failures.add(failure);
    }

    void doesNotClose() {
        closes = false;
    }

    void refuseConsumers() {
        making = () -> {
            throw new KafkaException("Failed to construct kafka consumer");
        };
    }

    void allowConsumers() {
        making = this::make;
    }

    private final class Reading extends MockConsumer<ByteBuffer, ByteBuffer> {
        Reading() {
            super("none");
        }

        /** As Kafka's: what was found in front of the damage is given, and at the next poll of that partition it throws in the place of all records. */
        @Override
        public synchronized ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
            var failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            var found = new HashMap<TopicPartition, List<ConsumerRecord<ByteBuffer, ByteBuffer>>>();
            var wanted = new HashSet<>(assignment());
            wanted.removeAll(paused());
            for (var place : wanted) {
                if (position(place) == damage.getOrDefault(place.partition(), -1L)) {
                    throw new KafkaException("Received exception when fetching the next record from " + place);
                }
            }
            var room = RECORDS;
            for (var place : wanted) {
                var records = records(place, room);
                room -= records.size();
                if (!records.isEmpty()) {
                    found.put(place, records);
                }
            }
            return new ConsumerRecords<>(found, Map.of());
        }

        private List<ConsumerRecord<ByteBuffer, ByteBuffer>> records(TopicPartition place, int room) {
            var records = new ArrayList<ConsumerRecord<ByteBuffer, ByteBuffer>>();
            var readable = Math.min(end, damage.getOrDefault(place.partition(), end));
            var key = ByteBuffer.allocate(0);
            for (var next = position(place); next < readable && records.size() < room; next++) {
                records.add(
                        new ConsumerRecord<>(place.topic(), place.partition(), next, key, ByteBuffer.allocate(bytes)));
            }
            seek(place, position(place) + records.size());
            return records;
        }

        @Override
        public void close(CloseOptions option) {
            super.close(option);
            if (!closes) {
                throw new KafkaException("Failed to close kafka consumer");
            }
        }
    }
}
