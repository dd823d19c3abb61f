package io.everstate.benchmarks.fleet;

import io.everstate.benchmarks.figure.OwnPauses;
import io.everstate.benchmarks.figure.Percentile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records at a steady rate, as an owner does (acks=all, nothing waits to be sent with others), and keeps when each was due and where it is. */
public final class SteadyWriter {

    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLISECOND = 1e6;

    private final List<ProducerRecord<String, byte[]>> records;
    private final long[] due;
    private final long[] offsets;
    private long pauses;

    private SteadyWriter(List<ProducerRecord<String, byte[]>> records) {
        this.records = records;
        this.due = new long[records.size()];
        this.offsets = new long[records.size()];
    }

    /**
     * Milliseconds from the moment at which each record was due until it was seen.
     *
     * @param pauses milliseconds of them in which this process stood still to collect garbage, and neither wrote nor looked
     */
    public record Latencies(List<Double> milliseconds, long pauses) {

        public double p50() {
            return Percentile.of(50, milliseconds);
        }

        public double p99() {
            return Percentile.of(99, milliseconds);
        }
    }

    /** Returns when all are acknowledged. */
    public static SteadyWriter write(String kafka, List<ProducerRecord<String, byte[]>> records, int perSecond) {
        SteadyWriter writer = new SteadyWriter(records);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.partitionsFor(records.getFirst().topic());
            OwnPauses own = OwnPauses.sinceNow();
            writer.write(producer, perSecond);
            writer.pauses = own.sum();
        }
        return writer;
    }

    private void write(KafkaProducer<String, byte[]> producer, int perSecond) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        long begin = System.nanoTime();
        for (int number = 0; number < due.length; number++) {
            int place = number;
            due[number] = begin + (long) (number * NANOS_A_SECOND / perSecond);
            for (long left = due[number] - System.nanoTime(); left > 0; left = due[place] - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            var _ = producer.send(records.get(number), (kept, failed) -> {
                failure.compareAndSet(null, failed);
                offsets[place] = kept == null ? -1 : kept.offset();
            });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("not all was acknowledged", failure.get());
        }
    }

    /** The first offset behind what was written here, of each partition; 0 where nothing was. */
    public long[] ends() {
        long[] ends = new long[FleetLog.PARTITIONS];
        for (int number = 0; number < offsets.length; number++) {
            int partition = partition(number);
            ends[partition] = Math.max(ends[partition], offsets[number] + 1);
        }
        return ends;
    }

    public Latencies until(Sights sights) {
        double[] milliseconds = new double[due.length];
        for (int number = 0; number < due.length; number++) {
            milliseconds[number] =
                    (sights.when(partition(number), offsets[number]) - due[number]) / NANOS_A_MILLISECOND;
        }
        return new Latencies(Arrays.stream(milliseconds).boxed().toList(), pauses);
    }

    /** @param seen when each of the records with that key was seen, in their order, as {@link System#nanoTime} has it */
    public Latencies until(String key, List<Long> seen) {
        List<Double> milliseconds = new ArrayList<>(seen.size());
        for (int number = 0; number < due.length; number++) {
            if (records.get(number).key().equals(key)) {
                milliseconds.add((seen.get(milliseconds.size()) - due[number]) / NANOS_A_MILLISECOND);
            }
        }
        return new Latencies(milliseconds, pauses);
    }

    private int partition(int number) {
        Integer partition = records.get(number).partition();
        if (partition == null) {
            throw new IllegalStateException("a record without its partition");
        }
        return partition;
    }
}
