package io.everstate.bot.ownership;

import io.everstate.contracts.wire.Topics;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The events' topic when this process came to it: what stands behind these ends was written while this process stood.
 *
 * @param topicId another topic of the same name has another one
 */
record Standing(String topicId, Map<Integer, Long> ends) {
    static Standing of(Consumer<?, ?> consumer, String topicId) {
        var partitions = consumer.partitionsFor(Topics.BOT_EVENTS).stream()
                .map(known -> new TopicPartition(known.topic(), known.partition()))
                .toList();
        return new Standing(
                topicId,
                consumer.endOffsets(partitions).entrySet().stream()
                        .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue)));
    }

    /** Of a partition that was not known then, nothing is taken for written since. */
    long endOf(TopicPartition partition) {
        return ends.getOrDefault(partition.partition(), Long.MAX_VALUE);
    }
}
