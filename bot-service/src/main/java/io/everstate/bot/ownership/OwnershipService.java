package io.everstate.bot.ownership;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.contracts.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps this replica a member of the group while the process lives: whatever ends the reader, another one begins a little later. */
public final class OwnershipService implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnershipService.class);
    /** In a session: the other replicas learn by the answer to their next one that partitions are to be had. */
    private static final int HEARTBEATS = 20;

    /**
     * Milliseconds that the broker may keep a fetch for which there is nothing. What else is asked on that connection waits behind it, and
     * every partition that is taken over asks for its beginning and its end, while the commands of the others wait for the reader.
     */
    private static final int LONGEST_FETCH = 50;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(2);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

    private final OwnershipConfiguration configuration;
    private final OwnRecords records;
    private final PartitionLoader loader;
    private final KafkaEventLog log;
    private final Ownerships ownerships;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    /** Used by the reading thread only. */
    private @Nullable Standing standing;

    public OwnershipService(
            OwnershipConfiguration configuration,
            RecordCodec codec,
            PartitionLoader loader,
            OwnershipListener listener,
            Clock clock) {
        this.configuration = configuration;
        this.records = new OwnRecords(codec);
        this.loader = loader;
        this.log = new KafkaEventLog(configuration.bootstrapServers(), configuration.appendDeadline(), records);
        var source = "/everstate/bot-service/" + configuration.instance() + "/" + TimeOrderedUuid.at(clock.instant());
        var replica = new Replica(source, configuration.advertisedAddress());
        this.ownerships = new Ownerships(configuration, replica, log, listener, clock);
        this.thread = Thread.ofPlatform().name("event-reader").unstarted(this::run);
    }

    public Ownerships ownerships() {
        return ownerships;
    }

    public void start() {
        thread.start();
    }

    /** False once the reader of the log has ended though nobody closed it: by an error that it cannot go on after. */
    public boolean alive() {
        return thread.getState() == Thread.State.NEW || thread.isAlive() || stopping.getCount() == 0;
    }

    private void run() {
        while (stopping.getCount() > 0) {
            var pause = RETRY;
            try {
                read();
            } catch (FencedInstanceIdException e) {
                pause = configuration.sessionTimeout();
                LOG.errorf(
                        "another replica took the name %s in the group; each needs its own everstate.ownership.instance: %s",
                        configuration.instance(), e.getMessage());
            } catch (WakeupException e) {
                LOG.debug("the reader was woken to stop", e);
            } catch (KafkaException e) {
                LOG.warnf("reading %s failed, trying again: %s", Topics.BOT_EVENTS, e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "reading %s failed, trying again", Topics.BOT_EVENTS);
            } finally {
                ownerships.surrenderAll("the reader of the log ended");
            }
            awaitRetry(pause);
        }
    }

    private void read() {
        var topicId = EventTopic.ensure(configuration);
        var reading = new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer = reading;
            readUntilStopped(reading, standing(reading, topicId));
        } finally {
            consumer = null;
            reading.close(leaving());
        }
    }

    /** What still loads when the reader ends is for nobody. */
    private void readUntilStopped(KafkaConsumer<String, byte[]> reading, Standing stood) {
        try (var reader = new EventReader(reading, records, ownerships, loader, stood)) {
            reader.subscribe();
            while (stopping.getCount() > 0) {
                reader.poll();
            }
        }
    }

    /** Of another topic of the same name nothing is known. */
    private Standing standing(Consumer<?, ?> reading, String topicId) {
        if (standing == null || !standing.topicId().equals(topicId)) {
            standing = Standing.of(reading, topicId);
        }
        return standing;
    }

    /** Who stops hands its partitions over at once; who only begins anew gets them back under its name, and nothing moves. */
    private CloseOptions leaving() {
        var membership =
                stopping.getCount() > 0 ? GroupMembershipOperation.DEFAULT : GroupMembershipOperation.LEAVE_GROUP;
        return CloseOptions.groupMembershipOperation(membership).withTimeout(LEAVE_DEADLINE);
    }

    private void awaitRetry(Duration pause) {
        try {
            var stopped = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debugf("reader %s", stopped ? "stops" : "begins again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        var session = Math.toIntExact(configuration.sessionTimeout().toMillis());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.bootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "bot-service");
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, configuration.instance());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / HEARTBEATS);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // the reader seeks; a place that the log lost must end it, never move it
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        return settings;
    }

    /** Gives everything up, tells the group so, and ends the reader. */
    @Override
    public void close() {
        stopping.countDown();
        var reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            if (!thread.join(STOP_DEADLINE)) {
                LOG.warnf("the reader did not end within %s", STOP_DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.close();
        }
    }
}
