package io.everstate.backup;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.RetentionSurroundings;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.platform.testkit.TestPlatform;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two may stay, three must. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = RetentionSurroundings.BUCKET)
        },
        restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = RetentionSurroundings.class,
        initArgs = @ResourceArg(name = "minimum", value = "3"),
        restrictToAnnotatedClass = true)
@Tag("SF12")
class RetentionRefusedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TestHTTPResource
    URI service;

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(TestIdentity.shared().token(role)).contentType(ContentType.JSON);
    }

    @Test
    void deletesNothingAndTellsWhenTooFewWouldRemain() {
        var client = new BackupClient(service);
        var taken = Stream.generate(() -> client.completed(client.take("CONFIG_ONLY")))
                .limit(4)
                .toList();

        var run = as("admin")
                .body("{\"workspace\":\"default\"}")
                .post("/api/v1/retention-runs")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");

        await().atMost(PATIENCE)
                .untilAsserted(() -> as("viewer").get(run).then().body("status", equalTo("REFUSED")));
        as("viewer")
                .get(run)
                .then()
                .body("refusal", equalTo("it would leave 2 good backups, at least 3 must remain"))
                .body("deleted", equalTo(0));
        assertThat(taken)
                .allSatisfy(backup ->
                        assertThat(client.backup(backup.id()).status()).isEqualTo(BackupView.Status.COMPLETED));
        assertThat(types(taken.get(1).id())).contains("io.everstate.backup.retention-refused.v1");
    }

    /** What was told of a backup, once the refusal is among it. */
    private static List<String> types(UUID backup) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", TestPlatform.shared().kafka(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        var found = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.BACKUP_EVENTS));
            await().atMost(PATIENCE).until(() -> {
                for (var event : consumer.poll(Duration.ofMillis(200))) {
                    if (event.key().equals(backup.toString())) {
                        found.add(new String(
                                event.headers().lastHeader("ce_type").value(),
                                java.nio.charset.StandardCharsets.UTF_8));
                    }
                }
                return found.stream().anyMatch(type -> type.contains("retention"));
            });
        }
        return found;
    }
}
