package io.everstate.recovery.alert.bots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.log.LogRecord.OwnershipClaimed;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.Topics;
import io.everstate.platform.launcher.Part;
import io.everstate.platform.testkit.PlatformResource;
import io.everstate.platform.testkit.TestPlatform;
import io.everstate.recovery.Database;
import io.everstate.recovery.QuietProfile;
import io.everstate.recovery.Topic;
import io.everstate.recovery.alert.AlertOutbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(QuietProfile.class)
@QuarkusTestResource(value = PlatformResource.class, initArgs = @ResourceArg(name = "database", value = "recovery"))
@Tag("SF14")
class BotEventsIT {
    private static final Topic TOPIC = new Topic(Topics.BOT_EVENTS);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BOT = "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11";

    @Inject
    AlertOutbox outbox;

    @Inject
    Database database;

    @Inject
    JsonFormat json;

    @BeforeEach
    void begin() {
        database.empty();
        TOPIC.create();
        // the group may not read yet, and begins at the end: until it does nothing of the tests' is read
        await().atMost(SOON).untilAsserted(() -> {
            send(UUID.randomUUID(), new BotNotReturned("the group reads"), Instant.now());
            assertThat(texts()).anyMatch(text -> text.contains("the group reads"));
        });
    }

    @Test
    void tellsWhichBotDoesNotComeBackAndWhyAndNothingElse() {
        send(UUID.randomUUID(), new BotStarted(), Instant.now());
        send(UUID.randomUUID(), new BotNotReturned("trend cannot run: no market BTC/USDT"), Instant.now());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(texts())
                        .anySatisfy(text -> assertThat(text).contains("no market BTC/USDT", BOT, "should run")));
        assertThat(kinds()).containsOnly("bots-not-returned");
    }

    @Test
    void tellsOfAnEventOnceAndOfAnOldOneNotAtAll() {
        var id = UUID.randomUUID();
        send(id, new BotNotReturned("twice"), Instant.now());
        send(UUID.randomUUID(), new BotNotReturned("last week"), Instant.now().minus(Duration.ofDays(7)));
        await().atMost(SOON).untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("twice")));
        send(id, new BotNotReturned("twice"), Instant.now());
        TOPIC.send(Map.of("ce_type", new BotNotReturned("").eventType()), BOT, "{\"half".getBytes(UTF_8));

        send(UUID.randomUUID(), new BotNotReturned("the last"), Instant.now());

        await().atMost(SOON).untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("the last")));
        assertThat(texts()).filteredOn(text -> text.contains("twice")).hasSize(1);
        assertThat(texts()).noneMatch(text -> text.contains("last week"));
    }

    @Test
    @Tag("PT13")
    void tellsOnceOfAFormerOwnerThatStillWrites() {
        write(OwnershipClaimed.TYPE, 8, "/present");
        write(new BotStarted().eventType(), 7, "/former");
        write(new BotStarted().eventType(), 8, "/present");
        write(new BotStarted().eventType(), 7, "/former");

        await().atMost(SOON).untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("/former")));
        send(UUID.randomUUID(), new BotNotReturned("the last"), Instant.now());
        await().atMost(SOON).untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("the last")));
        assertThat(kinds()).filteredOn("fenced-writes"::equals).hasSize(1);
    }

    private void write(String type, long epoch, String source) {
        var headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_time",
                Instant.now().toString(),
                "ce_subject",
                BOT,
                "ce_source",
                source,
                "ce_epoch",
                Long.toString(epoch),
                "ce_type",
                type);
        TOPIC.send(headers, BOT, "{}".getBytes(UTF_8));
    }

    @Test
    void tellsWhenTheDatabaseIsThereAgain() {
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            send(UUID.randomUUID(), new BotNotReturned("during the outage"), Instant.now());
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("during the outage")));
    }

    private void send(UUID id, BotEvent event, Instant at) {
        var headers = Map.of(
                "ce_specversion", "1.0",
                "ce_id", id.toString(),
                "ce_time", at.toString(),
                "ce_subject", BOT,
                "ce_type", event.eventType());
        TOPIC.send(headers, BOT, json.write(event));
    }

    private List<String> kinds() {
        return outbox.newest(100, null).stream()
                .map(kept -> kept.alert().kind().label())
                .toList();
    }

    private List<String> texts() {
        return outbox.newest(100, null).stream()
                .map(kept -> kept.alert().text())
                .toList();
    }
}
