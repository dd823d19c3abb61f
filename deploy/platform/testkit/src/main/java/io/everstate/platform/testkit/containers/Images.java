package io.everstate.platform.testkit.containers;

import io.everstate.platform.launcher.Secrets;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;

/** The three images and how they are run. */
final class Images {

    static final String POSTGRES_USER = "everstate";

    private static final String KAFKA = "apache/kafka:4.1.1";
    private static final String POSTGRES = "postgres:18";
    private static final String MINIO = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

    private Images() {}

    static GenericContainer<?> kafka(int port) {
        KafkaContainer container = new KafkaContainer(KAFKA).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        container.setPortBindings(List.of(port + ":9092"));
        return container;
    }

    static GenericContainer<?> postgres(int port, Secrets secrets) {
        GenericContainer<?> container = new GenericContainer<>(POSTGRES)
                .withExposedPorts(5432)
                .withEnv("POSTGRES_USER", POSTGRES_USER)
                .withEnv("POSTGRES_PASSWORD", secrets.postgresPassword())
                .withEnv("POSTGRES_DB", "postgres");
        container.setPortBindings(List.of(port + ":5432"));
        return container;
    }

    static GenericContainer<?> s3(int port, Secrets secrets) {
        GenericContainer<?> container = new GenericContainer<>(MINIO)
                .withExposedPorts(9000)
                .withEnv("MINIO_ROOT_USER", secrets.s3AccessKey())
                .withEnv("MINIO_ROOT_PASSWORD", secrets.s3SecretKey())
                .withCommand("server", "/data");
        container.setPortBindings(List.of(port + ":9000"));
        return container;
    }
}
