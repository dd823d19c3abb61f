package io.everstate.platform.testkit.containers;

import io.everstate.platform.launcher.Secrets;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/** The three images and how they are run. Like the process, they listen on the loopback address only. */
final class Images {

    static final String POSTGRES_USER = "everstate";

    private static final String KAFKA = "apache/kafka:4.1.1";
    private static final String POSTGRES = "postgres:18";
    private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

    private Images() {}

    /**
     * Runs the image's own command, whose shells all give way to the broker, so that it hears the order to stop. The
     * script that Testcontainers' {@code KafkaContainer} starts it from does not pass the order on: every stop ends in
     * SIGKILL. That script is for ports that nobody knows before the start; this one is known, and the same inside as
     * outside, so the advertised address is true for the broker too.
     */
    static GenericContainer<?> kafka(int port) {
        return on(port, port, new GenericContainer<>(KAFKA).withEnv(broker(port)));
    }

    static GenericContainer<?> postgres(int port, Secrets secrets) {
        return on(
                port,
                5432,
                new GenericContainer<>(POSTGRES)
                        .withEnv("POSTGRES_USER", POSTGRES_USER)
                        .withEnv("POSTGRES_PASSWORD", secrets.postgresPassword())
                        .withEnv("POSTGRES_DB", "postgres"));
    }

    static GenericContainer<?> s3(int port, Secrets secrets) {
        return on(
                port,
                9000,
                new GenericContainer<>(MINIO)
                        .withEnv("MINIO_ROOT_USER", secrets.s3AccessKey())
                        .withEnv("MINIO_ROOT_PASSWORD", secrets.s3SecretKey())
                        .withCommand("server", "/data"));
    }

    /** What the process' broker is set to; the image takes nothing by default once one of them is given. */
    private static Map<String, String> broker(int port) {
        return Map.ofEntries(
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:" + port + ",CONTROLLER://localhost:9093"),
                Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "PLAINTEXT"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                // after SIGKILL the broker cannot register before the session of the killed one has ended
                Map.entry("KAFKA_BROKER_SESSION_TIMEOUT_MS", "2500"),
                Map.entry("KAFKA_BROKER_HEARTBEAT_INTERVAL_MS", "500"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_NUM_PARTITIONS", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1"));
    }

    private static GenericContainer<?> on(int port, int inside, GenericContainer<?> container) {
        container.withExposedPorts(inside).setPortBindings(List.of("127.0.0.1:" + port + ":" + inside));
        return container;
    }
}
