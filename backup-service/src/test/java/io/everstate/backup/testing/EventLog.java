package io.everstate.backup.testing;

import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of events on the test platform, with two partitions. */
public final class EventLog implements AutoCloseable {
    public static final int PARTITIONS = 2;
    /** Bytes, as a bot's document may have: more than Kafka takes unless it is told to. */
    private static final int LARGE = 3 << 19;

    private final String name;
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", TestPlatform.shared().kafka()));
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of(
                    "bootstrap.servers",
                    TestPlatform.shared().kafka(),
                    "acks",
                    "all",
                    "linger.ms",
                    5,
                    "max.in.flight.requests.per.connection", // a new topic may refuse the first batch and take the
                    // second
                    1,
                    "max.request.size",
                    2 * LARGE),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private int written;

    /** A topic of its own for one test. */
    public EventLog() {
        this("events-" + UUID.randomUUID());
        make();
    }

    private EventLog(String name) {
        this.name = name;
    }

    /** One that is there already. */
    public static EventLog of(String name) {
        return new EventLog(name);
    }

    /** Kept for ever: a broker deletes records of such times after a week. */
    private void make() {
        var topic = new NewTopic(name, PARTITIONS, (short) 1)
                .configs(Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(2 * LARGE)));
        answer(admin.createTopics(List.of(topic)).all());
    }

    public String name() {
        return name;
    }

    /** Kafka's own. */
    public String id() {
        return answer(admin.describeTopics(List.of(name)).allTopicNames())
                .values()
                .iterator()
                .next()
                .topicId()
                .toString();
    }

    /** Deleted, and another one of its name is there. */
    public void makeAnew() {
        answer(admin.deleteTopics(List.of(name)).all());
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            make();
            return true;
        });
    }

    /** One into each partition, larger than a mebibyte; returns when the log has them. */
    public void writeLarge() {
        for (var partition = 0; partition < PARTITIONS; partition++) {
            answer(producer.send(new ProducerRecord<>(name, partition, null, new byte[LARGE])));
        }
    }

    /** As many records into each partition, some of which have no key, no value or headers without a value; returns when the log has them. */
    public void write(int count) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var i = 0; i < count; i++) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                sent.add(producer.send(next(partition)));
            }
        }
        sent.forEach(EventLog::answer);
    }

    /** As many into one partition; returns when the log has them. */
    public void writeInto(int partition, int count) {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var i = 0; i < count; i++) {
            sent.add(producer.send(next(partition)));
        }
        sent.forEach(EventLog::answer);
    }

    /** One more than it was made with; who writes into it waits until it is there. */
    public void addPartition() {
        answer(admin.createPartitions(Map.of(name, NewPartitions.increaseTo(PARTITIONS + 1)))
                .all());
    }

    private ProducerRecord<byte[], byte[]> next(int partition) {
        var number = written++;
        var record = new ProducerRecord<>(
                name,
                partition,
                1_790_000_000_000L + number * 7L % 1000,
                number % 5 == 0 ? null : bytes("bot-" + number % 17),
                number % 11 == 0 ? null : bytes("event " + number + " ".repeat(number % 300)));
        record.headers().add("ce_type", bytes("io.everstate.bot.tick.v1")).add("sequence", bytes("" + number));
        if (number % 3 == 0) {
            record.headers().add("epoch", null).add("epoch", bytes(""));
        }
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The log loses what is in front of that offset, as by its retention. */
    public void loseStart(int partition, long offset) {
        answer(admin.deleteRecords(Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    public long end(int partition) {
        try (var consumer = consumer()) {
            var place = new TopicPartition(name, partition);
            return consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        }
    }

    /** All records that the log has of a partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(int partition) {
        try (var consumer = consumer()) {
            var place = new TopicPartition(name, partition);
            var end = consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(place) < end) {
                consumer.poll(Duration.ofSeconds(5)).forEach(found::add);
            }
            return found;
        }
    }

    public static List<Integer> partitions() {
        return IntStream.range(0, PARTITIONS).boxed().toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        // behind all that is wanted one more fetch is on its way, at whose end the broker has nothing, and closing
        // waits for it
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestPlatform.shared().kafka(),
                "enable.auto.commit",
                false,
                "fetch.max.wait.ms",
                1);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static <T extends @Nullable Object> T answer(Future<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }
}
