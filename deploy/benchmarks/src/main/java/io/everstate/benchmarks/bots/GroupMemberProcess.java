package io.everstate.benchmarks.bots;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** {@code <bootstrap servers> <protocol> <group> <name>}: a consumer set up as bot-service's, until SIGTERM. */
final class GroupMemberProcess {

    static final String SAYS = "partitions ";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LEAVE = Duration.ofSeconds(2);
    private static final int SESSION_MILLIS = 6_000;
    private static final int HEARTBEAT_MILLIS = 300;

    private GroupMemberProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings(List.of(arguments)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Thread reader = Thread.ofPlatform().start(() -> read(consumer, out));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(consumer, reader)));
        reader.join();
    }

    private static Map<String, Object> settings(List<String> arguments) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.get(0));
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, arguments.get(1));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, arguments.get(2));
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, arguments.get(3));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        if (arguments.get(1).equals("classic")) { // the other protocol takes these from the broker
            settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
            settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
            settings.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        }
        return settings;
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, PrintStream out) {
        try {
            consumer.subscribe(List.of(PeerTopic.NAME), new Announcer(consumer, out));
            while (true) {
                consumer.poll(POLL);
            }
        } catch (WakeupException e) {
            consumer.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(LEAVE));
        }
    }

    private static void end(KafkaConsumer<byte[], byte[]> consumer, Thread reader) {
        consumer.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says what the consumer has after each change. */
    private record Announcer(KafkaConsumer<byte[], byte[]> consumer, PrintStream out)
            implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            out.println(SAYS + consumer.assignment().size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            out.println(SAYS + (consumer.assignment().size() - revoked.size()));
        }
    }
}
