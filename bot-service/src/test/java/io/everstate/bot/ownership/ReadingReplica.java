package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.log.BotPartitioner;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.log.LogRecord.OwnershipReleased;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The reader of a log of two partitions on Kafka's own consumer for tests, with the ownerships that it feeds. */
final class ReadingReplica {
    static final TopicPartition ZERO = new TopicPartition(Topics.BOT_EVENTS, 0);
    static final TopicPartition ONE = new TopicPartition(Topics.BOT_EVENTS, 1);
    /** Both of partition 0. */
    static final BotId BOT = botsOf(0).getFirst();

    static final BotId OTHER = botsOf(0).get(1);
    private static final Logger LOG = Logger.getLogger(ReadingReplica.class);
    private static final String TOPIC_ID = "topic-1";

    final MockConsumer<String, byte[]> consumer;
    final MemoryLog log = new MemoryLog();
    final RecordingListener listener = new RecordingListener();
    final SteppingClock clock = new SteppingClock();
    final Ownerships ownerships = new Ownerships(
            SampleConfiguration.of(OwnershipConfiguration.class, Map.of("everstate.ownership.partitions", "2")),
            new Replica("/here", "http://here"),
            log,
            listener,
            clock);
    /** What is loaded of a partition; of the others nothing. */
    final Map<Integer, PartitionLoader.Start> starts = new HashMap<>();
    /** Partitions whose state comes when the latch opens. */
    final Map<Integer, CountDownLatch> slow = new ConcurrentHashMap<>();

    final Set<Integer> failing = ConcurrentHashMap.newKeySet();
    final Set<Integer> loaded = ConcurrentHashMap.newKeySet();
    private final RecordCodec codec = new RecordCodec(new SampleJson());
    final EventReader reader;
    private final Map<TopicPartition, Long> next = new HashMap<>(Map.of(ZERO, 0L, ONE, 0L));

    ReadingReplica() {
        this(new MockConsumer<>("none"));
    }

    ReadingReplica(MockConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
        var standing = new Standing(TOPIC_ID, Map.of(0, 0L, 1, 0L));
        this.reader = new EventReader(consumer, new OwnRecords(codec), ownerships, this::load, standing);
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        ends(0, 0);
        reader.subscribe();
    }

    void close() {
        slow.values().forEach(CountDownLatch::countDown);
        reader.close();
    }

    private PartitionLoader.Start load(int partition, String topicId) {
        assertThat(topicId).isEqualTo(TOPIC_ID);
        if (failing.contains(partition)) {
            throw new IllegalStateException("no such luck");
        }
        try {
            slow.getOrDefault(partition, new CountDownLatch(0)).await();
        } catch (InterruptedException e) {
            LOG.debug("nobody waits for this state any more", e);
        }
        loaded.add(partition);
        return starts.getOrDefault(partition, PartitionLoader.Start.ofLog());
    }

    void pollUntil(BooleanSupplier reached) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            reader.poll();
            return reached.getAsBoolean();
        });
    }

    void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
        pollUntil(() -> consumer.paused().isEmpty());
    }

    void own(TopicPartition... partitions) {
        assign(partitions);
        var claims = List.copyOf(log.sent());
        IntStream.range(0, partitions.length).forEach(i -> add(partitions[i], claims.get(i)));
        reader.poll();
        assertThat(ownerships.owned()).hasSize(partitions.length);
    }

    void ends(long zero, long one) {
        consumer.updateEndOffsets(Map.of(ZERO, zero, ONE, one));
    }

    void add(TopicPartition partition, LogRecord entry) {
        consumer.addRecord(kafkaRecord(partition, nextOf(partition), entry));
    }

    /** Something else, in partition 0. */
    void add(RecordHeaders headers) {
        consumer.addRecord(kafkaRecord(ZERO, nextOf(ZERO), "key", new byte[] {1}, headers));
    }

    /** As a later release would write it. */
    void addLater(LogRecord entry, String known, String later) {
        var data = new String(codec.encode(entry).data(), StandardCharsets.UTF_8).replace(known, later);
        consumer.addRecord(
                kafkaRecord(ZERO, nextOf(ZERO), BOT.toString(), data.getBytes(StandardCharsets.UTF_8), headers(entry)));
    }

    private long nextOf(TopicPartition partition) {
        return next.merge(partition, 1L, Long::sum) - 1;
    }

    ConsumerRecord<String, byte[]> kafkaRecord(TopicPartition partition, long offset, LogRecord entry) {
        var encoded = codec.encode(entry);
        return kafkaRecord(partition, offset, encoded.key(), encoded.data(), headers(entry));
    }

    private static ConsumerRecord<String, byte[]> kafkaRecord(
            TopicPartition partition, long offset, String key, byte[] data, RecordHeaders headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                data,
                headers,
                Optional.empty());
    }

    static RecordHeaders ours(String type) {
        var headers = new RecordHeaders();
        headers.add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    RecordHeaders notUnderstood(long sequence) {
        var headers = headers(started(BOT, sequence));
        headers.remove("ce_type").add("ce_type", "io.everstate.bot.bot-cloned.v1".getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private RecordHeaders headers(LogRecord entry) {
        var headers = new RecordHeaders();
        codec.encode(entry)
                .headers()
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    OwnershipClaimed claim(long epoch) {
        return new OwnershipClaimed(TimeOrderedUuid.at(clock.instant()), clock.instant(), "/else", epoch, "http://x");
    }

    OwnershipReleased release(long epoch, long readTo) {
        return new OwnershipReleased(
                TimeOrderedUuid.at(clock.instant()), clock.instant(), "/else", epoch, "http://x", readTo, List.of());
    }

    BotEventRecorded started(BotId bot, long sequence) {
        return recorded(bot, sequence, null, new BotStarted());
    }

    BotEventRecorded created() {
        return recorded(BOT, 1, "key-\u00fc", creation());
    }

    BotEventRecorded createdAs(BotId bot) {
        return recorded(bot, 1, null, creation());
    }

    static BotCreated creation() {
        return new BotCreated(BotKind.TRADING, SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    BotEventRecorded recorded(BotId bot, long sequence, @Nullable String key, BotEvent event) {
        var now = clock.instant();
        return new BotEventRecorded(TimeOrderedUuid.at(now), now, "/here", 1, bot, sequence, key, null, event);
    }

    /** The sample bots of that partition. */
    private static List<BotId> botsOf(int partition) {
        return IntStream.range(0, 100)
                .mapToObj(SampleBots::id)
                .filter(bot -> BotPartitioner.partitionOf(bot, 2) == partition)
                .toList();
    }
}
