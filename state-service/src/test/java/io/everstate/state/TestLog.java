package io.everstate.state;

import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of bots' events on the test platform: written as an owner would, and folded independently of the service. */
public final class TestLog implements AutoCloseable {
    private static final RecordCodec CODEC = new RecordCodec(TestJson.format());

    public static final String STRANGE_TYPE = "io.everstate.bot.bot-cloned.v1";

    private final String kafka;
    private final String topic;
    private final int partitions;
    private final KafkaProducer<String, byte[]> producer;

    private TestLog(String kafka, String topic, int partitions) {
        this.kafka = kafka;
        this.topic = topic;
        this.partitions = partitions;
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", 0);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** A topic of its own for one test. */
    public static TestLog fresh(int partitions) {
        return of("events-" + UUID.randomUUID(), partitions);
    }

    /** Made if it is missing. */
    public static TestLog of(String topic, int partitions) {
        return of(TestPlatform.shared().kafka(), topic, partitions);
    }

    /** The same on any Kafka. */
    public static TestLog of(String kafka, String topic, int partitions) {
        create(kafka, topic, partitions);
        return new TestLog(kafka, topic, partitions);
    }

    public static void create(String topic, int partitions) {
        create(TestPlatform.shared().kafka(), topic, partitions);
    }

    private static void create(String kafka, String topic, int partitions) {
        try (var admin = admin(kafka)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The topic is deleted, and another one of its name is there. */
    public void makeAnew() {
        try (var admin = admin(kafka)) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        // a broker forgets a topic a little later than it says so
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            create(kafka, topic, partitions);
            return true;
        });
    }

    public static Admin admin() {
        return admin(TestPlatform.shared().kafka());
    }

    private static Admin admin(String kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka));
    }

    public String kafka() {
        return kafka;
    }

    public String topic() {
        return topic;
    }

    public int partitions() {
        return partitions;
    }

    public int partitionOf(BotId bot) {
        return BotPartitioner.partitionOf(bot, partitions);
    }

    /** A new bot's id that belongs to this partition. */
    public BotId newBot(int partition) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(_ -> Owner.newBot())
                .filter(bot -> partitionOf(bot) == partition)
                .findFirst()
                .orElseThrow();
    }

    public Future<RecordMetadata> send(int partition, LogRecord entry) {
        var encoded = CODEC.encode(entry);
        var headers = new RecordHeaders();
        encoded.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return producer.send(new ProducerRecord<>(topic, partition, null, encoded.key(), encoded.data(), headers));
    }

    /** These records as they are, to their partitions; returns when all of them are acknowledged. */
    public void write(List<ConsumerRecord<String, byte[]>> records) {
        var sent = records.stream()
                .map(stored -> producer.send(new ProducerRecord<>(
                        topic, stored.partition(), null, stored.key(), stored.value(), stored.headers())))
                .toList();
        sent.forEach(TestLog::acknowledged);
    }

    /** Returns when all of it is acknowledged. */
    public void write(int partition, List<? extends LogRecord> entries) {
        var sent = entries.stream().map(entry -> send(partition, entry)).toList();
        sent.forEach(TestLog::acknowledged);
    }

    private static void acknowledged(Future<RecordMetadata> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What tells of which bot a record is that this version does not know otherwise. */
    public static Map<String, String> strangeHeaders(Owner owner, BotId bot, long sequence) {
        return Map.of(
                "ce_type", STRANGE_TYPE,
                "ce_subject", bot.toString(),
                "ce_epoch", Long.toString(owner.epoch()),
                "ce_sequence", Long.toString(sequence));
    }

    /** An event of this bot that a later version wrote. */
    public void writeStrange(int partition, Owner owner, BotId bot, long sequence) {
        var headers = new RecordHeaders();
        strangeHeaders(owner, bot, sequence)
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        acknowledged(producer.send(
                new ProducerRecord<>(topic, partition, null, bot.toString(), new byte[] {1, 2, 3}, headers)));
    }

    /** A record of ours of which nobody can tell the bot. */
    public void writeUnreadable(int partition) {
        var headers = new RecordHeaders();
        headers.add("ce_type", "io.everstate.bot.bot-cloned.v2".getBytes(StandardCharsets.UTF_8));
        acknowledged(producer.send(new ProducerRecord<>(topic, partition, "garbage", new byte[] {1, 2, 3}, headers)));
    }

    /** Each partition's fold of all that the log holds now, by partition. */
    public List<PartitionFold> fold() {
        return fold(Map.of());
    }

    /** The same, of the records in front of these offsets; partitions that are not named are folded wholly. */
    private List<PartitionFold> fold(Map<Integer, Long> limits) {
        var folds = IntStream.range(0, partitions)
                .mapToObj(_ -> new PartitionFold())
                .toList();
        read(IntStream.range(0, partitions).boxed().toList(), stored -> {
            if (stored.offset() < limits.getOrDefault(stored.partition(), Long.MAX_VALUE)) {
                follow(folds.get(stored.partition()), stored);
            }
        });
        return folds;
    }

    /** Changes when the topic is deleted and made again. */
    public String topicId() {
        try (var admin = admin(kafka)) {
            var topics = admin.describeTopics(List.of(topic)).allTopicNames().get();
            return topics.values().iterator().next().topicId().toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that the partition holds now. */
    public List<ConsumerRecord<String, byte[]>> records(int partition) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        read(List.of(partition), records::add);
        return records;
    }

    private void read(List<Integer> sources, Consumer<ConsumerRecord<String, byte[]>> reader) {
        // behind all that is wanted one more fetch is on its way, at whose end the broker has nothing, and closing
        // waits for it
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka, "fetch.max.wait.ms", 1);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var all = sources.stream()
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            var ends = consumer.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    private static void follow(PartitionFold fold, ConsumerRecord<String, byte[]> stored) {
        var headers = new HashMap<String, String>();
        stored.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        switch (CODEC.read(headers, stored.value())) {
            case Known(var entry) -> fold.apply(entry);
            case NotUnderstood entry -> fold.park(entry, stored.offset());
            case Foreign _ -> {}
            case Unattributable(var why) -> throw new IllegalStateException(why);
        }
    }

    /** An owner that comes after all others of this partition. */
    public Owner nextOwner(int partition) {
        return new Owner(fold().get(partition).epoch() + 1);
    }

    /** The bots that the records in front of these offsets make. */
    public List<BotState> foldedUpTo(Map<Integer, Long> offsets) {
        return fold(offsets).stream().flatMap(fold -> fold.bots().stream()).toList();
    }

    /** Every bot by its id, as an independent fold has it. */
    public Map<BotId, BotState> foldedBots() {
        return fold().stream()
                .flatMap(fold -> fold.bots().stream())
                .collect(Collectors.toMap(BotState::id, Function.identity()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
