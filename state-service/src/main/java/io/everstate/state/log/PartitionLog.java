package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands in a partition already, for those who ask about the past. Its consumers belong to no group and are kept for the next
 * question, for a new one costs more than most questions. Thread-safe.
 */
@Singleton
public final class PartitionLog implements ReadableLog {
    private static final int AT_ONCE = 4;
    private static final int RECORDS = 20_000;
    private static final int BYTES = 4 * 1024 * 1024;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final EventLogConfiguration configuration;
    private final LongAdder shown = new LongAdder();
    private final Semaphore room = new Semaphore(AT_ONCE);
    /** At one record; they do not wait behind long readings. */
    private final Semaphore looks = new Semaphore(AT_ONCE);

    private final ConcurrentLinkedQueue<KafkaConsumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();

    public PartitionLog(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, EventLogConfiguration configuration) {
        this.kafka = kafka;
        this.configuration = configuration;
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) {
        read(
                partition,
                from,
                to,
                System.nanoTime() + configuration.readDeadline().toNanos(),
                reader);
    }

    @Override
    public boolean holds(int partition, RecordMark mark) {
        return holds(
                partition, mark, System.nanoTime() + configuration.deadline().toNanos());
    }

    /**
     * The same for a question that has its own time: all that it reads and looks at.
     *
     * @param end as {@link System#nanoTime} counts
     */
    public ReadableLog until(long end) {
        return new ReadableLog() {
            @Override
            public void read(int partition, long from, long to, Reader reader) {
                PartitionLog.this.read(partition, from, to, end, reader);
            }

            @Override
            public boolean holds(int partition, RecordMark mark) {
                return PartitionLog.this.holds(partition, mark, end);
            }
        };
    }

    private void read(int partition, long from, long to, long end, Reader reader) {
        if (from < to) {
            within(
                    room,
                    end,
                    () -> read(range(partition, from, to, end), stored -> {
                        shown.increment();
                        return reader.read(stored);
                    }));
        }
    }

    /** Where the log begins behind it nobody can tell, and it is believed. */
    private boolean holds(int partition, RecordMark mark, long end) {
        var found = new AtomicReference<@Nullable RecordMark>();
        try {
            within(
                    looks,
                    end,
                    () -> read(range(partition, mark.offset(), mark.offset() + 1, end), stored -> {
                        found.set(RecordMark.of(stored));
                        return false;
                    }));
        } catch (LogBeginsLaterException _) {
            return true;
        }
        return mark.equals(found.get());
    }

    private static void within(Semaphore places, long end, Runnable work) {
        enter(places, end);
        try {
            work.run();
        } finally {
            places.release();
        }
    }

    private Range range(int partition, long from, long to, long end) {
        return new Range(new TopicPartition(configuration.topic(), partition), from, to, end);
    }

    private void read(Range range, Reader reader) {
        var consumer = consumer();
        read(consumer, range, reader);
        consumer.unsubscribe();
        idle.add(consumer);
    }

    /** How many records it has shown so far: what questions about the past cost. */
    public long shown() {
        return shown.sum();
    }

    private record Range(TopicPartition partition, long from, long to, long deadline) {
        Duration left() {
            return Duration.ofNanos(deadline - System.nanoTime());
        }
    }

    private static void enter(Semaphore places, long end) {
        try {
            if (!places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(ProblemType.UNAVAILABLE, "too many questions about the past at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
        }
    }

    /** One that failed is not used again: what it was about to fetch is not known. */
    private void read(KafkaConsumer<byte[], byte[]> consumer, Range range, Reader reader) {
        try {
            consumer.assign(List.of(range.partition()));
            consumer.seek(range.partition(), range.from());
            readOn(consumer, range, reader);
        } catch (OffsetOutOfRangeException e) {
            consumer.close(CloseOptions.timeout(CLOSE));
            throw new LogBeginsLaterException(
                    "partition %d of the log does not hold offset %d any more"
                            .formatted(range.partition().partition(), range.from()),
                    e);
        } catch (KafkaException e) {
            consumer.close(CloseOptions.timeout(CLOSE));
            throw new LogUnavailableException(e);
        } catch (RuntimeException e) {
            consumer.close(CloseOptions.timeout(CLOSE));
            throw e;
        }
    }

    private void readOn(KafkaConsumer<byte[], byte[]> consumer, Range range, Reader reader) {
        var heard = System.nanoTime();
        while (isBeforeEnd(consumer, range)) {
            var left = range.left();
            if (left.isNegative()) {
                throw notInTime(range, heard);
            }
            for (var stored : consumer.poll(left)) {
                if (stored.offset() >= range.to() || !reader.read(stored)) {
                    return;
                }
                heard = System.nanoTime();
            }
        }
    }

    /** While its leader is not known nothing says where the consumer is: that may pass in the time that is left. */
    private static boolean isBeforeEnd(KafkaConsumer<byte[], byte[]> consumer, Range range) {
        try {
            return consumer.position(range.partition()) < range.to();
        } catch (TimeoutException e) {
            if (range.left().isNegative()) {
                throw e;
            }
            return true;
        }
    }

    /** @param heard when the last record came */
    private ProblemException notInTime(Range range, long heard) {
        var why = "partition %d was not read up to offset %d in time"
                .formatted(range.partition().partition(), range.to());
        return System.nanoTime() - heard < configuration.readDeadline().toNanos()
                ? new ReadingTooLongException(why)
                : new LogUnavailableException(why);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        var used = idle.poll();
        if (used != null) {
            return used;
        }
        try {
            return new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new LogUnavailableException(e);
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka);
        var deadline = (int) configuration.deadline().toMillis();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "state-service-past");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // after each reading one more fetch is on its way, at whose end the broker has nothing: the next reading waits
        // for it
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, BYTES);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, deadline);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, deadline);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    @PreDestroy
    void close() {
        for (var consumer = idle.poll(); consumer != null; consumer = idle.poll()) {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }
}
