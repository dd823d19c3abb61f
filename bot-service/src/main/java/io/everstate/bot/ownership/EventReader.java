package io.everstate.bot.ownership;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.everstate.bot.ownership.PartitionLoader.Start;
import io.everstate.contracts.log.DecodedRecord.Foreign;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.DecodedRecord.NotUnderstood;
import io.everstate.contracts.log.DecodedRecord.Unattributable;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.Topics;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions that the group gives to this replica, in one thread, for as long as the consumer lives. Everything that changes an
 * ownership by the log's content passes here in the log's order.
 */
final class EventReader implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SHORT_POLL = Duration.ofMillis(10);
    private static final Duration RELEASE_DEADLINE = Duration.ofSeconds(1);
    /** So many records before the first one to be folded are looked through for a release; behind one hardly anything is written. */
    private static final int LOOK_BACK = 64;

    private final Consumer<String, byte[]> consumer;
    private final OwnRecords own;
    private final Ownerships ownerships;
    private final PartitionLoads loads;
    private final Standing standing;
    /** What is before this is folded already. */
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    /** Where the log ended when a partition was assigned: it is caught up behind this. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    private final Set<TopicPartition> blocked = new HashSet<>();

    EventReader(
            Consumer<String, byte[]> consumer,
            OwnRecords own,
            Ownerships ownerships,
            PartitionLoader loader,
            Standing standing) {
        this.consumer = consumer;
        this.own = own;
        this.ownerships = ownerships;
        this.loads = new PartitionLoads(
                loader, standing.topicId(), (partition, why) -> ownerships.hindered(partition.partition(), why));
        this.standing = standing;
        ownerships.readFrom(standing.topicId());
    }

    void subscribe() {
        consumer.subscribe(List.of(Topics.BOT_EVENTS), this);
    }

    /** One round: reads what is there and lets partitions that are caught up be claimed. */
    void poll() {
        var records = consumer.poll(restless() ? SHORT_POLL : POLL);
        for (var partition : records.partitions()) {
            readAll(partition, records.records(partition));
        }
        loads.ready().forEach(this::begin);
        for (var partition : consumer.assignment()) {
            if (!loads.contains(partition)
                    && !blocked.contains(partition)
                    && consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
                ownerships.caughtUp(partition.partition());
            }
        }
    }

    /** A poll that brings partitions and no records lasts its whole time: who waits for its first ones, or loads some, looks often. */
    private boolean restless() {
        return !loads.idle() || consumer.assignment().isEmpty();
    }

    private void readAll(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (var found : records) {
            if (blocked.contains(partition)) {
                return;
            }
            if (found.offset() < starts.getOrDefault(partition, 0L)) {
                before(partition, found);
            } else {
                read(partition, found);
            }
        }
    }

    private void before(TopicPartition partition, ConsumerRecord<String, byte[]> found) {
        switch (own.read(headers(found), found.value())) {
            case Known(var entry) -> ownerships.before(partition.partition(), entry, found.offset());
            case Foreign(var why) -> foreign(partition, found, why);
            case NotUnderstood _, Unattributable _ ->
                LOG.debugf("record %s at offset %d is in what is folded already", partition, found.offset());
        }
    }

    private void foreign(TopicPartition partition, ConsumerRecord<String, byte[]> found, String why) {
        LOG.warnf("record %s at offset %d is not ours: %s", partition, found.offset(), why);
        ownerships.foreign(partition.partition(), new DeadLetter(found, why));
    }

    /** A record of ours that nobody can attribute blocks its partition: to skip it would be to lose a fact of whichever bot. */
    private void read(TopicPartition partition, ConsumerRecord<String, byte[]> found) {
        switch (own.read(headers(found), found.value())) {
            case Known(var entry) -> ownerships.read(partition.partition(), entry, found.offset());
            case NotUnderstood entry -> park(partition, found.offset(), entry);
            case Foreign(var why) -> foreign(partition, found, why);
            case Unattributable(var why) -> block(partition, found.offset(), why);
        }
    }

    private void park(TopicPartition partition, long offset, NotUnderstood entry) {
        LOG.errorf(
                "record %s at offset %d, %s, is not understood: %s; unless it does not count, bot %s is parked",
                partition, offset, entry.type(), entry.why(), entry.bot());
        ownerships.park(partition.partition(), entry, offset);
    }

    private void block(TopicPartition partition, long offset, String cause) {
        var why = "record %s at offset %d cannot be read: %s".formatted(partition, offset, cause);
        LOG.error(why + "; its bots stop here until it can");
        blocked.add(partition);
        consumer.pause(Set.of(partition));
        ownerships.block(partition.partition(), why);
    }

    /** @throws UnreadableRecordException when it is not one of ours, or of a version that is not known here */
    static LogRecord decode(RecordCodec codec, ConsumerRecord<String, byte[]> found) {
        return codec.decode(headers(found), found.value());
    }

    static Map<String, String> headers(ConsumerRecord<String, byte[]> found) {
        var headers = new HashMap<String, String>();
        for (var header : found.headers()) {
            headers.put(header.key(), text(header.value()));
        }
        return headers;
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** They are read once it is known from where; until then the consumer wants a place and is not to read from it. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        for (var partition : partitions) {
            consumer.seek(partition, 0);
            ownerships.awaits(partition.partition());
            loads.begin(partition);
        }
        LOG.infof("assigned %d partitions of %s", partitions.size(), Topics.BOT_EVENTS);
    }

    private void begin(TopicPartition partition, Start loaded) {
        try {
            beginAt(partition, loaded);
        } catch (TimeoutException e) {
            loads.failed(partition, e);
        }
    }

    /**
     * The end is looked up behind the answer: what is folded there already must not seem to be beyond the log. Each partition is asked
     * for alone: of one without a leader no answer comes, and the others must not wait for it.
     *
     * @throws TimeoutException when the log does not say where the partition begins and ends
     */
    private void beginAt(TopicPartition partition, Start loaded) {
        var beginning =
                consumer.beginningOffsets(Set.of(partition), Standing.PATIENCE).getOrDefault(partition, 0L);
        var end = Standing.end(consumer, partition);
        var start = believable(partition, loaded, end);
        var from = Math.max(beginning, readable(partition, start, beginning) - LOOK_BACK);
        starts.put(partition, start.nextOffset());
        ends.put(partition, end);
        consumer.seek(partition, from);
        ownerships.assigned(partition.partition(), start.fold(), from, standing.endOf(partition, end));
        consumer.resume(Set.of(partition));
    }

    private Start believable(TopicPartition partition, Start start, long end) {
        if (start.nextOffset() <= end) {
            return start;
        }
        LOG.errorf(
                "%s ends at %d, but state up to %d is known: the log lost its end; reading what it has",
                partition, end, start.nextOffset());
        ownerships.forget(partition.partition());
        return Start.ofLog();
    }

    private static long readable(TopicPartition partition, Start start, long beginning) {
        if (start.nextOffset() < beginning) {
            LOG.errorf(
                    "%s begins at %d, but state is known up to %d only: the records between are gone",
                    partition, beginning, start.nextOffset());
        }
        return Math.max(start.nextOffset(), beginning);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        var why = "the group moved the partition to another replica";
        var releases = partitions.stream()
                .map(partition -> {
                    forget(partition);
                    return ownerships.release(partition.partition(), why).toCompletableFuture();
                })
                .toArray(CompletableFuture<?>[]::new);
        awaitReleased(CompletableFuture.allOf(releases));
    }

    /** The next owner reads them only if they are there before it claims: once this returns, the group may give the partitions away. */
    private static void awaitReleased(CompletableFuture<Void> releases) {
        try {
            releases.get(RELEASE_DEADLINE.toMillis(), MILLISECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warnf("the next owners will take bots for lost that were not: %s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            forget(partition);
            ownerships.surrender(partition.partition(), "this replica was silent for too long");
        });
    }

    private void forget(TopicPartition partition) {
        loads.cancel(partition);
        starts.remove(partition);
        ends.remove(partition);
        blocked.remove(partition);
    }

    @Override
    public void close() {
        loads.close();
    }
}
