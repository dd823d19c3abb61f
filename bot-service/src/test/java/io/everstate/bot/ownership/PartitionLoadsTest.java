package io.everstate.bot.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.ownership.PartitionLoader.Start;
import io.everstate.contracts.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionLoadsTest {
    private static final Logger LOG = Logger.getLogger(PartitionLoadsTest.class);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger tries = new AtomicInteger();
    private final List<String> hindered = new ArrayList<>();
    private final PartitionLoads loads = new PartitionLoads(this::load, "topic-1", (_, why) -> hindered.add(why));
    private volatile int failures;

    @AfterEach
    void close() {
        gate.countDown();
        loads.close();
    }

    @Test
    void loadsSomeAtATimeAndAllInTheEnd() {
        IntStream.range(0, 12).forEach(number -> loads.begin(partition(number)));
        await().until(() -> atOnce.get() == PartitionLoads.AT_ONCE);

        gate.countDown();

        assertThat(allReady(12)).hasSize(12);
        assertThat(most).hasValue(PartitionLoads.AT_ONCE);
        assertThat(loads.idle()).isTrue();
    }

    @Test
    void givesOutNothingThatWasCancelled() {
        loads.begin(partition(0));
        loads.begin(partition(1));
        await().until(() -> atOnce.get() == 2);

        loads.cancel(partition(0));
        gate.countDown();

        assertThat(allReady(1)).containsOnlyKeys(partition(1));
        assertThat(loads.idle()).isTrue();
    }

    @Test
    void makesRoomForOthersWhenOneIsCancelled() {
        IntStream.range(0, PartitionLoads.AT_ONCE + 1).forEach(number -> loads.begin(partition(number)));
        await().until(() -> tries.get() == PartitionLoads.AT_ONCE);

        loads.cancel(partition(0));

        await().until(() -> tries.get() == PartitionLoads.AT_ONCE + 1);
    }

    @Test
    void triesAgainWhatFailedAndSaysSoOnceATry() {
        failures = 2;
        gate.countDown();

        loads.begin(partition(0));

        assertThat(allReady(1)).containsOnlyKeys(partition(0));
        assertThat(hindered).hasSize(2).allMatch(why -> why.contains("no answer"));
    }

    private Map<TopicPartition, Start> allReady(int count) {
        var all = new HashMap<TopicPartition, Start>();
        await().until(() -> {
            all.putAll(loads.ready());
            return all.size() == count;
        });
        return all;
    }

    private Start load(int partition, String topicId) {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            if (tries.getAndIncrement() < failures) {
                throw new IllegalStateException("no answer");
            }
            gate.await();
        } catch (InterruptedException e) {
            LOG.debug("cancelled", e);
        } finally {
            atOnce.decrementAndGet();
        }
        return Start.ofLog();
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.BOT_EVENTS, number);
    }
}
