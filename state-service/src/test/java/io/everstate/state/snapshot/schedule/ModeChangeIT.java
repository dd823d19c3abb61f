package io.everstate.state.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.mode.ModeChanged;
import io.everstate.contracts.mode.SystemMode;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mode as recovery-service writes it, on a topic that there is not at first. */
@Tag("EC1")
class ModeChangeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WITHOUT_NEWS = Duration.ofSeconds(4);

    private final TestLog log = TestLog.fresh(1);
    private final TestDatabase database = TestDatabase.empty();
    private final String topic = "mode-" + UUID.randomUUID();

    private ServiceProcess started() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.snapshot.min-gap", "1s")
                .set("everstate.mode.topic", topic)
                .start();
    }

    private void says(SystemMode mode) {
        says(ModeChanged.TYPE, TestJson.format().write(new ModeChanged(mode, "a test", Instant.now())));
    }

    private void says(String type, byte[] value) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", TestPlatform.shared().kafka());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var headers = new RecordHeaders();
            headers.add("ce_type", type.getBytes(StandardCharsets.UTF_8));
            assertThat(producer.send(new ProducerRecord<>(topic, 0, ModeChanged.KEY, value, headers)))
                    .succeedsWithin(PATIENCE);
        }
    }

    /** Of all snapshots, the newest first. */
    private static List<String> modes(StateApi api) {
        return api
                .get("/api/v1/snapshots")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.mode", String.class)
                .stream()
                .map(mode -> Objects.requireNonNullElse(mode, "unknown"))
                .toList();
    }

    private static void comesTo(StateApi api, String... modes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(modes(api)).containsExactly(modes));
    }

    @Test
    void isFollowedByOneSnapshotAlsoWhenItCameWhileNobodyListened() {
        try (var process = started()) {
            var api = new StateApi(process);
            api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}").statusCode(201);
            comesTo(api, "unknown");

            TestLog.create(topic, 1);
            says("io.everstate.system.mode-forgotten.v1", new byte[] {1});
            says(ModeChanged.TYPE, new byte[] {2});
            says(SystemMode.SAFE);

            comesTo(api, "SAFE", "unknown");
            await().during(WITHOUT_NEWS)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(modes(api)).hasSize(2));
            process.kill();
        }
        says(SystemMode.EMERGENCY);
        says(SystemMode.NORMAL);

        try (var process = started()) {
            comesTo(new StateApi(process), "NORMAL", "SAFE", "unknown");
            process.kill();
        }
    }
}
