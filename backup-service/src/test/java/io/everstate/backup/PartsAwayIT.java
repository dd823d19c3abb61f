package io.everstate.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups while Kafka, the storage or the database is away. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
class PartsAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TestHTTPResource
    URI service;

    private BackupClient client;

    @BeforeEach
    void client() {
        client = new BackupClient(service);
    }

    @Test
    void tellsWhatHappenedAsCloudEventsAlsoAfterKafkaWasAway() {
        TestPlatform.shared().pause(Part.KAFKA);
        UUID id;
        try {
            id = client.completed(client.take("CONFIG_ONLY")).id();
            assertThat(client.status("/api/v1/backups")).isEqualTo(200);
        } finally {
            TestPlatform.shared().resume(Part.KAFKA);
        }

        var events = events(id, 2);

        assertThat(events)
                .extracting(event -> header(event, "ce_type"))
                .containsExactly("io.everstate.backup.backup-started.v1", "io.everstate.backup.backup-completed.v1");
        assertThat(events).allSatisfy(event -> {
            assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(event, "ce_source")).isEqualTo("urn:everstate:backup-service");
            assertThat(header(event, "ce_subject")).isEqualTo(id.toString());
            assertThat(header(event, "ce_id")).hasSize(36);
            assertThat(header(event, "ce_time")).startsWith("2");
            assertThat(header(event, "content-type")).isEqualTo("application/json");
            assertThat(event.value()).contains("\"backupId\":\"" + id + "\"", "\"workspace\":\"default\"");
        });
    }

    @Test
    @Tag("BD19")
    void failsInTimeWhileTheStorageIsAwayAndComesBackByItself() {
        TestPlatform.shared().pause(Part.S3);
        try {
            var asked = System.nanoTime();
            var failed = client.ended(client.take("FULL"));

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(30));
            assertThat(failed.failure()).startsWith("the storage did not ");
            assertThat(events(failed.id(), 2))
                    .extracting(event -> header(event, "ce_type"))
                    .contains("io.everstate.backup.backup-failed.v1");
        } finally {
            TestPlatform.shared().resume(Part.S3);
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.ended(client.take("FULL")).status())
                                .as("it is asked again after a while in which it was left alone")
                                .isEqualTo(BackupView.Status.COMPLETED));
    }

    @Test
    void answers503WhileTheDatabaseIsAwayAndComesBackByItself() {
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            assertThat(client.status("/api/v1/backups")).isEqualTo(503);
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.status("/api/v1/backups")).isEqualTo(200));
        client.completed(client.take("CONFIG_ONLY"));
    }

    private static List<ConsumerRecord<String, String>> events(UUID backup, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", TestPlatform.shared().kafka(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        var found = new ArrayList<ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.BACKUP_EVENTS));
            await().atMost(PATIENCE).until(() -> {
                for (var event : consumer.poll(Duration.ofMillis(200))) {
                    if (event.key().equals(backup.toString())) {
                        found.add(event);
                    }
                }
                return found.size() >= count;
            });
        }
        return found;
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
