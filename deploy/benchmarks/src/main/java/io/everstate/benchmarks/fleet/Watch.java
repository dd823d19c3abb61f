package io.everstate.benchmarks.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Writes records at a steady rate, while another thread looks again and again how far they have come. */
public final class Watch {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long BETWEEN_LOOKS = 500_000;

    private final Sights sights = new Sights();
    private final Supplier<long[]> look;
    private volatile long @Nullable [] ends;

    private Watch(Supplier<long[]> look) {
        this.look = look;
    }

    /** From when a record was due until what it makes is in the database, for anybody to read. */
    public static SteadyWriter.Latencies freshness(FleetLog log, FoldedFleet fleet, int perSecond, Duration length)
            throws InterruptedException {
        return until(
                log,
                () -> {
                    LockSupport.parkNanos(BETWEEN_LOOKS);
                    return fleet.offsets();
                },
                perSecond,
                length);
    }

    /**
     * From when a record was due until a look shows it.
     *
     * @param look gives the first offset of each partition that is not to be seen yet; asked again and again, so it should wait a moment
     */
    public static SteadyWriter.Latencies until(FleetLog log, Supplier<long[]> look, int perSecond, Duration length)
            throws InterruptedException {
        return new Watch(look).measure(log.kafka(), log.next(count(perSecond, length)), perSecond);
    }

    /** From when a record was due until a consumer that does nothing else has it; in a topic of its own, which must be there. */
    public static SteadyWriter.Latencies roundTrip(FleetLog log, int perSecond, Duration length)
            throws InterruptedException {
        List<TopicPartition> partitions = IntStream.range(0, FleetLog.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(log.topic(), partition))
                .toList();
        List<ProducerRecord<String, byte[]>> records = log.next(count(perSecond, length));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, log.kafka()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            long[] next = new long[FleetLog.PARTITIONS];
            return new Watch(() -> {
                        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
                            next[one.partition()] = one.offset() + 1;
                        }
                        return next;
                    })
                    .measure(log.kafka(), records, perSecond);
        }
    }

    private static int count(int perSecond, Duration length) {
        return Math.toIntExact(perSecond * length.toMillis() / 1000);
    }

    private SteadyWriter.Latencies measure(String kafka, List<ProducerRecord<String, byte[]>> records, int perSecond)
            throws InterruptedException {
        Thread watcher = Thread.ofPlatform().start(this::watch);
        SteadyWriter written;
        try {
            written = SteadyWriter.write(kafka, records, perSecond);
            ends = written.ends();
            if (!watcher.join(PATIENCE)) {
                throw new IllegalStateException("not all was seen within " + PATIENCE);
            }
        } finally {
            ends = new long[FleetLog.PARTITIONS];
        }
        return written.until(sights);
    }

    private void watch() {
        long[] seen = new long[FleetLog.PARTITIONS];
        while (!reaches(seen)) {
            seen = look.get();
            long now = System.nanoTime();
            for (int partition = 0; partition < seen.length; partition++) {
                sights.see(partition, seen[partition], now);
            }
        }
    }

    private boolean reaches(long[] seen) {
        long[] wanted = ends;
        return wanted != null
                && IntStream.range(0, seen.length).allMatch(partition -> seen[partition] >= wanted[partition]);
    }
}
