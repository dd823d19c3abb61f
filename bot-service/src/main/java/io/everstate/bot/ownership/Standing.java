package io.everstate.bot.ownership;

import io.everstate.contracts.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The events' topic when this process came to it: what stands behind these ends was written while this process stood. Used by the reader's
 * thread only.
 *
 * @param topicId another topic of the same name has another one
 * @param ends of the partitions that answered then; the others' are added as they answer
 */
record Standing(String topicId, Map<Integer, Long> ends) {
    private static final Logger LOG = Logger.getLogger(Standing.class);
    /** Of one partition: one without a leader never answers. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    Standing {
        ends = new HashMap<>(ends);
    }

    static Standing of(Consumer<?, ?> consumer, String topicId) {
        var standing = new Standing(topicId, Map.of());
        consumer.partitionsFor(Topics.BOT_EVENTS).stream()
                .map(known -> new TopicPartition(known.topic(), known.partition()))
                .forEach(partition -> standing.ask(consumer, partition));
        return standing;
    }

    private void ask(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            ends.put(partition.partition(), end(consumer, partition));
        } catch (TimeoutException e) {
            LOG.warnf("where %s ends is not known yet: %s", partition, e.getMessage());
        }
    }

    /** @throws TimeoutException when the partition has no leader now, or that one does not answer */
    static long end(Consumer<?, ?> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
    }

    /** @param now where the partition ends now: of one that did not answer then, nothing before is taken for written since */
    long endOf(TopicPartition partition, long now) {
        return ends.computeIfAbsent(partition.partition(), _ -> now);
    }
}
