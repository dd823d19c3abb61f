package io.everstate.state.projection;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A consumer whose group and broker are the test's. As Kafka's own it tells of new and lost partitions while it is polled. */
final class SimulatedConsumer {
    private final String topic;
    private final SimulatedReplica.Surroundings surroundings;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Set<TopicPartition> paused = new HashSet<>();
    private @Nullable ConsumerRebalanceListener listener;

    SimulatedConsumer(String topic, SimulatedReplica.Surroundings surroundings) {
        this.topic = topic;
        this.surroundings = surroundings;
    }

    @SuppressWarnings("unchecked")
    Consumer<String, byte[]> consumer() {
        return (Consumer<String, byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (_, method, arguments) -> call(method, arguments));
    }

    Set<Integer> assigned() {
        return positions.keySet().stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object call(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "subscribe" -> listener = (ConsumerRebalanceListener) arguments[1];
            case "assignment" -> {
                return Set.copyOf(positions.keySet());
            }
            case "seek" -> positions.replace((TopicPartition) arguments[0], (Long) arguments[1]);
            case "pause" -> paused.addAll((Collection<TopicPartition>) arguments[0]);
            case "resume" -> paused.removeAll((Collection<TopicPartition>) arguments[0]);
            case "poll" -> {
                return poll();
            }
            case "currentLag" -> {
                return OptionalLong.empty();
            }
            case "close" -> positions.clear();
            default -> throw new UnsupportedOperationException(method.toString());
        }
        return null;
    }

    private ConsumerRecords<String, byte[]> poll() {
        rebalance(surroundings.assigned().stream()
                .map(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet()));
        var reading = new HashMap<Integer, Long>();
        positions.forEach((partition, position) -> {
            if (!paused.contains(partition)) {
                reading.put(partition.partition(), position);
            }
        });
        var records = surroundings.fetch(reading);
        for (var partition : records.partitions()) {
            var last = records.records(partition).getLast();
            positions.put(partition, last.offset() + 1);
        }
        return records;
    }

    private void rebalance(Set<TopicPartition> target) {
        if (listener == null) {
            throw new IllegalStateException("nobody has subscribed");
        }
        var revoked = new HashSet<>(positions.keySet());
        revoked.removeAll(target);
        if (!revoked.isEmpty()) {
            listener.onPartitionsRevoked(revoked);
            positions.keySet().removeAll(revoked);
            paused.removeAll(revoked);
        }
        var added = new HashSet<>(target);
        added.removeAll(positions.keySet());
        if (!added.isEmpty()) {
            added.forEach(partition -> positions.put(partition, 0L));
            listener.onPartitionsAssigned(added);
        }
    }
}
