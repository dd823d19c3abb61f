package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotConfigured;
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
import io.everstate.contracts.log.PartitionFold;
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
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader of the log on Kafka's own consumer for tests. */
class EventReaderTest {
    private static final Logger LOG = Logger.getLogger(EventReaderTest.class);
    private static final String TOPIC_ID = "topic-1";
    private static final TopicPartition ZERO = new TopicPartition(Topics.BOT_EVENTS, 0);
    private static final TopicPartition ONE = new TopicPartition(Topics.BOT_EVENTS, 1);
    private static final BotId BOT = botsOf(0).getFirst();
    private static final BotId OTHER = botsOf(0).get(1);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final RecordCodec codec = new RecordCodec(new SampleJson());
    private final MemoryLog log = new MemoryLog();
    private final RecordingListener listener = new RecordingListener();
    private final SteppingClock clock = new SteppingClock();
    private final Map<Integer, PartitionLoader.Start> starts = new HashMap<>();
    private final Ownerships ownerships = new Ownerships(
            SampleConfiguration.of(OwnershipConfiguration.class, Map.of("everstate.ownership.partitions", "2")),
            new Replica("/here", "http://here"),
            log,
            listener,
            clock);
    private final Map<Integer, CountDownLatch> slow = new ConcurrentHashMap<>();
    private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
    private final Set<Integer> loaded = ConcurrentHashMap.newKeySet();
    private final EventReader reader =
            new EventReader(consumer, codec, ownerships, this::load, new Standing(TOPIC_ID, Map.of(0, 0L, 1, 0L)));
    private final Map<TopicPartition, Long> next = new HashMap<>(Map.of(ZERO, 0L, ONE, 0L));

    @BeforeEach
    void subscribe() {
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        ends(0, 0);
        reader.subscribe();
    }

    @AfterEach
    void close() {
        slow.values().forEach(CountDownLatch::countDown);
        reader.close();
    }

    @Test
    void claimsWhatItHasReadToTheEnd() {
        ends(2, 0);
        assign(ZERO);
        reader.poll();

        add(ZERO, claim(1));
        reader.poll();
        assertThat(log.sent()).as("one record before the end").isEmpty();
        add(ZERO, created());
        reader.poll();

        assertThat(log.lastClaim().epoch()).isEqualTo(2);
        assertThat(ownerships.owns(BOT)).isFalse();
        add(ZERO, log.lastClaim());
        reader.poll();
        assertThat(ownerships.owns(BOT)).isTrue();
        assertThat(ownerships.find(BOT)).isPresent();
    }

    @Test
    void readsEveryAttributeOfARecord() {
        own(ZERO);

        add(ZERO, created());
        reader.poll();

        var state = ownerships.find(BOT).orElseThrow();
        assertThat(state.sequence()).isEqualTo(1);
        assertThat(state.updatedAt()).isEqualTo(clock.instant());
        assertThat(state.outcomeOf("key-\u00fc")).isPresent();
        assertThat(state.configuration()).isEqualTo(SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    @Test
    void aRecordThatNobodyCanAttributeStopsItsPartitionAndIsReported() {
        own(ZERO, ONE);

        add(ours("io.everstate.bot.bot-cloned.v2"));
        add(ZERO, created());
        reader.poll();

        assertThat(ownerships.blocked()).containsOnlyKeys(0);
        assertThat(ownerships.blocked().get(0)).contains("offset 1").contains("bot-cloned.v2");
        assertThat(ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(1);
        assertThat(listener.heard).contains("lost 0").doesNotContain("applied 1");
        assertThat(consumer.paused()).containsExactly(ZERO);
    }

    @Test
    void aBlockedPartitionIsNotClaimedAgain() {
        own(ZERO);
        add(ours("io.everstate.bot.bot-cloned.v2"));
        reader.poll();
        var before = log.sent().size();

        reader.poll();
        reader.poll();

        assertThat(log.sent()).hasSize(before);
    }

    @Test
    void aRecordThatIsNotOursIsSetAsideByTheOwnerAndStopsNothing() {
        own(ZERO);

        add(new RecordHeaders());
        add(ZERO, created());
        reader.poll();

        assertThat(listener.heard).contains("foreign", "applied 1");
        assertThat(log.aside()).extracting(DeadLetter::key).containsExactly("0-1");
        assertThat(log.aside().getFirst().why()).isEqualTo("it has no ce_type");
    }

    @Test
    void whatNoOwnerHasSeenIsSetAsideByTheNext() {
        ends(2, 0);
        assign(ZERO);
        add(ours("com.example.order"));
        add(ZERO, claim(1));
        add(ours("com.example.order"));
        reader.poll();
        assertThat(log.aside()).isEmpty();

        add(ZERO, log.lastClaim());
        reader.poll();

        assertThat(log.aside())
                .as("without the one before the other owner's claim")
                .extracting(DeadLetter::key)
                .containsExactly("0-2");
    }

    @Test
    void whatCameBehindTheLastThatAnOwnerHadReadWhenItLetGoIsSetAsideByTheNext() {
        ends(4, 0);
        assign(ZERO);
        add(ZERO, claim(1));
        add(ours("com.example.order"));
        add(ours("com.example.order"));
        add(ZERO, release(2, 2));
        reader.poll();

        add(ZERO, log.lastClaim());
        reader.poll();

        assertThat(log.aside()).extracting(DeadLetter::key).containsExactly("0-2");
    }

    @Test
    void aRecordThatIsNotUnderstoodParksItsBotOnly() {
        own(ZERO);
        add(ZERO, created());

        add(notUnderstood(2));
        add(ZERO, started(BOT, 3));
        add(ZERO, createdAs(OTHER));
        reader.poll();

        assertThat(listener.heard).endsWith("applied 1", "skipped PARKED", "parked", "skipped PARKED", "applied 1");
        assertThat(ownerships.parking(BOT)).hasValueSatisfying(parking -> {
            assertThat(parking.offset()).isEqualTo(2);
            assertThat(parking.type()).isEqualTo("io.everstate.bot.bot-cloned.v1");
            assertThat(parking.sequence()).isEqualTo(3);
        });
        assertThat(ownerships.parking(OTHER)).isEmpty();
        assertThat(ownerships.followed(BOT)).isEmpty();
        assertThat(ownerships.followed(OTHER)).isPresent();
        assertThat(ownerships.owned().getFirst().parked()).containsOnlyKeys(BOT);
    }

    /** Before, its bot went on here without the limit. */
    @Test
    void aLimitOfALaterReleaseParksItsBotInsteadOfBeingLeftOut() {
        own(ZERO);
        add(ZERO, created());
        var configured = recorded(BOT, 2, null, new BotConfigured(creation().configuration(), "operator"));

        addLater(configured, "\"feeRate\":", "\"trailingStop\":\"0.05\",\"feeRate\":");
        add(ZERO, createdAs(OTHER));
        reader.poll();

        assertThat(ownerships.parking(BOT))
                .hasValueSatisfying(parking -> assertThat(parking.why())
                        .isEqualTo("this version does not know \"trailingStop\" of a BotConfiguration"));
        assertThat(ownerships.followed(BOT)).isEmpty();
        assertThat(ownerships.followed(OTHER)).isPresent();
    }

    /** As a later release would write it. */
    private void addLater(LogRecord entry, String known, String later) {
        var data = new String(codec.encode(entry).data(), StandardCharsets.UTF_8).replace(known, later);
        var offset = next.merge(ZERO, 1L, Long::sum) - 1;
        consumer.addRecord(new ConsumerRecord<>(
                Topics.BOT_EVENTS,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                BOT.toString(),
                data.getBytes(StandardCharsets.UTF_8),
                headers(entry),
                Optional.empty()));
    }

    @Test
    void aBotIsParkedAlsoForTheNextOwner() {
        ends(3, 0);
        assign(ZERO);
        add(ZERO, claim(1));
        add(ZERO, created());
        add(notUnderstood(2));
        reader.poll();

        add(ZERO, log.lastClaim());
        reader.poll();

        assertThat(ownerships.parked()).containsOnlyKeys(BOT);
    }

    @Test
    void whatTheGroupTakesAwayIsSurrendered() {
        own(ZERO, ONE);

        reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(ownerships.owned())
                .extracting(Ownerships.OwnedPartition::partition)
                .containsExactly(1);
        assertThat(listener.heard).endsWith("lost 0");
    }

    @Test
    void whatTheGroupTakesAwayIsLetGoByARecord() {
        own(ZERO, ONE);

        reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(log.lastRelease().epoch()).isEqualTo(2);
        assertThat(log.lastRelease().readTo()).isEqualTo(1);
    }

    /** Behind the return the group gives it away, and a record that comes after the next claim counts nowhere. */
    @Test
    void nothingIsGivenAwayBeforeTheLogHasThatRecord() throws InterruptedException {
        own(ZERO);
        log.holdReleases();

        var revoking = Thread.ofVirtual().start(() -> reader.onPartitionsRevoked(List.of(ZERO)));
        await().until(() -> log.sent().getLast() instanceof OwnershipReleased);
        assertThat(revoking.join(Duration.ofMillis(50))).as("given away").isFalse();
        log.confirmLast();

        assertThat(revoking.join(Duration.ofMillis(500))).as("given away").isTrue();
    }

    @Test
    void aReleaseBehindWhichStateIsKnownIsAHandover() {
        starts.put(0, new PartitionLoader.Start(new PartitionFold(2, List.of()), 2));
        ends(2, 0);
        assign(ZERO);
        add(ZERO, claim(1));
        add(ZERO, release(2, 1));
        reader.poll();

        add(ZERO, log.lastClaim());
        reader.poll();

        assertThat(listener.heard).containsExactly("owned 0, epoch 3, 0 bots, handed over");
    }

    @Test
    void whatWasLostInSilenceIsSurrendered() {
        own(ZERO);

        reader.onPartitionsLost(List.of(ZERO));

        assertThat(log.sent()).as("no word of good order").noneMatch(OwnershipReleased.class::isInstance);
        assertThat(ownerships.owned()).isEmpty();
        assertThat(listener.heard).endsWith("lost 0");
    }

    @Test
    void aBlockThatMovedAwayIsForgotten() {
        own(ZERO);
        add(ours("io.everstate.bot.bot-cloned.v2"));
        reader.poll();
        assertThat(ownerships.blocked()).isNotEmpty();

        reader.onPartitionsRevoked(List.of(ZERO));

        assertThat(ownerships.blocked()).isEmpty();
    }

    @Test
    void beginsWhereTheLoaderHasFoldedTo() {
        var known = SampleBots.created(BOT);
        starts.put(0, new PartitionLoader.Start(new PartitionFold(4, List.of(known)), 107));
        ends(107, 0);

        assign(ZERO);
        assertThat(consumer.position(ZERO)).as("some records before").isEqualTo(43);
        consumer.addRecord(kafkaRecord(ZERO, 106, started(BOT, 2)));
        reader.poll();

        assertThat(log.lastClaim().epoch()).isEqualTo(5);
        assertThat(listener.heard).as("of what is folded already").isEmpty();
    }

    @Test
    void aStateFromBeyondTheLogsEndIsNotBelieved() {
        starts.put(0, new PartitionLoader.Start(new PartitionFold(4, List.of(SampleBots.created(BOT))), 8));
        ends(7, 0);

        assign(ZERO);

        assertThat(consumer.position(ZERO)).isZero();
        consumer.addRecord(kafkaRecord(ZERO, 6, created()));
        reader.poll();
        assertThat(log.lastClaim().epoch()).as("its epoch 4 is forgotten").isEqualTo(1);
    }

    @Test
    void beginsWhereTheLogBegins() {
        consumer.updateBeginningOffsets(Map.of(ZERO, 5L));
        ends(9, 0);

        assign(ZERO);

        assertThat(consumer.position(ZERO)).isEqualTo(5);
    }

    @Test
    void aPlaceThatTheLogHasNoMoreEndsTheReaderInsteadOfMovingIt() {
        own(ZERO);

        consumer.updateBeginningOffsets(Map.of(ZERO, 50L));
        consumer.addRecord(kafkaRecord(ZERO, 50, created()));

        assertThatThrownBy(reader::poll).isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void aStateThatIsSlowToComeKeepsNoOtherPartitionWaiting() {
        slow.put(1, new CountDownLatch(1));
        consumer.rebalance(List.of(ZERO, ONE));
        pollUntil(() -> !log.sent().isEmpty());
        add(ZERO, log.lastClaim());
        reader.poll();

        var outcome = ownerships.submit(BOT, PartitionOwnershipFixture.create(), null, Duration.ofSeconds(5));
        add(ZERO, log.lastEvent());
        reader.poll();

        assertThat(outcome).as("while partition 1 still loads").isCompleted();
        assertThat(ownerships.settled()).as("all is owned").isFalse();
        assertThat(consumer.paused()).containsExactly(ONE);
        slow.get(1).countDown();
        pollUntil(() -> log.sent().size() == 3);
        add(ONE, log.lastClaim());
        reader.poll();
        assertThat(ownerships.settled()).as("all is owned").isTrue();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void aPartitionThatMovesOnWhileItsStateLoadsIsNotClaimed() {
        slow.put(1, new CountDownLatch(1));
        consumer.rebalance(List.of(ZERO, ONE));
        pollUntil(() -> !log.sent().isEmpty());

        reader.onPartitionsRevoked(List.of(ONE));
        consumer.rebalance(List.of(ZERO));
        slow.get(1).countDown();
        pollUntil(() -> loaded.contains(1));
        reader.poll();

        assertThat(log.sent()).as("the claim of partition 0").hasSize(1);
    }

    @Test
    void aStateThatCannotBeLoadedIsSaidAndTriedAgain() {
        failing.add(0);
        consumer.rebalance(List.of(ZERO));
        pollUntil(() -> !ownerships.blocked().isEmpty());
        assertThat(ownerships.blocked().get(0)).contains("cannot be loaded", "no such luck");
        assertThat(ownerships.settled()).isFalse();

        failing.clear();
        pollUntil(() -> !log.sent().isEmpty());

        assertThat(ownerships.blocked()).isEmpty();
        assertThat(log.lastClaim().epoch()).isEqualTo(1);
    }

    private void pollUntil(BooleanSupplier reached) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            reader.poll();
            return reached.getAsBoolean();
        });
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

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
        pollUntil(() -> consumer.paused().isEmpty());
    }

    private void own(TopicPartition... partitions) {
        assign(partitions);
        var claims = List.copyOf(log.sent());
        IntStream.range(0, partitions.length).forEach(i -> add(partitions[i], claims.get(i)));
        reader.poll();
        assertThat(ownerships.owned()).hasSize(partitions.length);
    }

    private void ends(long zero, long one) {
        consumer.updateEndOffsets(Map.of(ZERO, zero, ONE, one));
    }

    private void add(TopicPartition partition, LogRecord entry) {
        var offset = next.merge(partition, 1L, Long::sum) - 1;
        consumer.addRecord(kafkaRecord(partition, offset, entry));
    }

    /** Something else, in partition 0. */
    private void add(RecordHeaders headers) {
        var offset = next.merge(ZERO, 1L, Long::sum) - 1;
        consumer.addRecord(new ConsumerRecord<>(
                Topics.BOT_EVENTS,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                new byte[] {1},
                headers,
                Optional.empty()));
    }

    private static RecordHeaders ours(String type) {
        var headers = new RecordHeaders();
        headers.add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private RecordHeaders notUnderstood(long sequence) {
        var headers = headers(started(BOT, sequence));
        headers.remove("ce_type").add("ce_type", "io.everstate.bot.bot-cloned.v1".getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private BotEventRecorded started(BotId bot, long sequence) {
        return recorded(bot, sequence, null, new BotStarted());
    }

    private ConsumerRecord<String, byte[]> kafkaRecord(TopicPartition partition, long offset, LogRecord entry) {
        var encoded = codec.encode(entry);
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                encoded.key(),
                encoded.data(),
                headers(entry),
                Optional.empty());
    }

    private RecordHeaders headers(LogRecord entry) {
        var headers = new RecordHeaders();
        codec.encode(entry)
                .headers()
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private OwnershipClaimed claim(long epoch) {
        return new OwnershipClaimed(TimeOrderedUuid.at(clock.instant()), clock.instant(), "/else", epoch, "http://x");
    }

    private OwnershipReleased release(long epoch, long readTo) {
        return new OwnershipReleased(
                TimeOrderedUuid.at(clock.instant()), clock.instant(), "/else", epoch, "http://x", readTo);
    }

    private BotEventRecorded created() {
        return recorded(BOT, 1, "key-\u00fc", creation());
    }

    private BotEventRecorded createdAs(BotId bot) {
        return recorded(bot, 1, null, creation());
    }

    private static BotCreated creation() {
        return new BotCreated(BotKind.TRADING, SampleBots.configuration(RestartPolicy.RESUME, null));
    }

    private BotEventRecorded recorded(BotId bot, long sequence, @Nullable String key, BotEvent event) {
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
