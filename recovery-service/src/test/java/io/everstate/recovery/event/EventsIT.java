package io.everstate.recovery.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.recovery.DisasterType;
import io.everstate.contracts.recovery.RecoveryEvent;
import io.everstate.contracts.recovery.RecoveryEvent.DisasterDetected;
import io.everstate.contracts.recovery.RecoveryEvent.RunCompleted;
import io.everstate.contracts.recovery.RecoveryEvent.RunFailed;
import io.everstate.contracts.recovery.RecoveryEvent.RunStarted;
import io.everstate.contracts.recovery.RecoveryEvent.StepDone;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.everstate.recovery.Topic;
import io.everstate.recovery.world.WorldServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
@Tag("DC2")
class EventsIT {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID DISASTER = new UUID(1, 1);
    private static final Topic TOPIC = new Topic(Topics.RECOVERY_EVENTS);

    @Inject
    EventOutbox outbox;

    @Inject
    EventPublisher publisher;

    @Inject
    RecoveryTopics topics;

    @Inject
    Database database;

    private final UUID run = UUID.randomUUID();

    @BeforeEach
    void empty() {
        database.empty();
        topics.create();
    }

    private void add(RecoveryEvent event) {
        QuarkusTransaction.requiringNew().run(() -> outbox.add(event));
    }

    private List<ConsumerRecord<String, byte[]>> published() {
        return TOPIC.all().stream()
                .filter(found -> found.key().equals(run.toString()))
                .toList();
    }

    @Test
    void publishesEachEventAsTheGoldenFileHoldsIt() throws IOException {
        var type = DisasterType.CONFIG_LOSS;
        var events = List.of(
                new DisasterDetected(run, type, 5, "default", AT),
                new RunStarted(run, DISASTER, type, "default", AT),
                new StepDone(run, 1, "Stop the bots", "stopped 5 running bots", AT),
                new RunCompleted(run, DISASTER, type, "default", AT),
                new RunFailed(run, DISASTER, type, "default", "step 2: no backup", AT));
        events.forEach(this::add);

        publisher.publish();

        var published = published();
        assertThat(published)
                .extracting(found -> Topic.header(found, "ce_type"))
                .containsExactlyElementsOf(
                        events.stream().map(RecoveryEvent::eventType).toList());
        for (var found : published) {
            assertThat(Topic.header(found, "ce_specversion")).isEqualTo("1.0");
            assertThat(Topic.header(found, "ce_source")).isEqualTo("/recovery-service");
            assertThat(Topic.header(found, "ce_subject")).isEqualTo(run.toString());
            assertThat(Instant.parse(Topic.header(found, "ce_time"))).isEqualTo(AT);
            assertThat(Topic.header(found, "content-type")).isEqualTo("application/json");
            assertThat(new String(found.value(), UTF_8).replace(run.toString(), "RUN"))
                    .isEqualTo(golden(Topic.header(found, "ce_type")));
        }
        assertThat(outbox.oldest(10)).as("acknowledged ones leave").isEmpty();
    }

    private String golden(String type) throws IOException {
        try (var file = getClass().getResourceAsStream("/golden/events/" + type + ".json")) {
            return new String(Objects.requireNonNull(file, type).readAllBytes(), UTF_8).strip();
        }
    }

    @Test
    void keepsEventsWhileKafkaIsAwayAndPublishesThemInOrderAfterwards() {
        TestPlatform.shared().pause(Part.KAFKA);
        try {
            add(new StepDone(run, 1, "first", "done", AT));
            add(new StepDone(run, 2, "second", "done", AT));
            assertThatThrownBy(publisher::publish).isInstanceOf(RuntimeException.class);
            assertThat(outbox.oldest(10)).hasSize(2);
        } finally {
            TestPlatform.shared().resume(Part.KAFKA);
        }

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            publisher.publish();
            assertThat(outbox.oldest(10)).isEmpty();
        });

        assertThat(published().stream()
                        .map(found -> Topic.header(found, "ce_id"))
                        .distinct())
                .as("the same id at each try")
                .hasSize(2);
        assertThat(published().getLast().value()).asString().contains("second");
    }

    @Test
    void sendsEachEventOnceAndInOrderWhileTwoReplicasPublish() {
        var texts = IntStream.range(0, 200).mapToObj(number -> "text " + number).toList();
        texts.forEach(text -> add(new StepDone(run, 1, "Stop the bots", text, AT)));

        var replicas = Stream.of(1, 2)
                .map(_ -> CompletableFuture.runAsync(this::publishUntilNothingWaits))
                .toList();
        replicas.forEach(CompletableFuture::join);

        assertThat(published())
                .extracting(found ->
                        WorldServers.JSON.readTree(found.value()).get("outcome").textValue())
                .containsExactlyElementsOf(texts);
    }

    private void publishUntilNothingWaits() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .untilAsserted(() -> {
                    publisher.publish();
                    assertThat(outbox.oldest(1)).isEmpty();
                });
    }
}
