package io.everstate.recovery.alert.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.backup.BackupEvent;
import io.everstate.contracts.backup.BackupEvent.BackupCompleted;
import io.everstate.contracts.backup.BackupEvent.BackupCorrupted;
import io.everstate.contracts.backup.BackupEvent.BackupFailed;
import io.everstate.contracts.backup.BackupEvent.BackupRecentAgain;
import io.everstate.contracts.backup.BackupEvent.BackupTooOld;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitRecentAgain;
import io.everstate.contracts.backup.BackupEvent.RecoveryKitTooOld;
import io.everstate.contracts.backup.BackupEvent.SealsBroken;
import io.everstate.contracts.backup.BackupEvent.StorageEased;
import io.everstate.contracts.backup.BackupEvent.StorageFilling;
import io.everstate.contracts.backup.BackupKind;
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
@Tag("BD13")
class BackupEventsIT {
    private static final Topic TOPIC = new Topic(Topics.BACKUP_EVENTS);
    private static final Topic PARKED = new Topic(Topics.BACKUP_EVENTS + ".dead-letter");
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    AlertOutbox outbox;

    @Inject
    Database database;

    @Inject
    JsonFormat json;

    @BeforeEach
    void empty() {
        database.empty();
        TOPIC.create();
        PARKED.create();
    }

    private void send(UUID id, BackupEvent event) {
        var headers = Map.of("ce_specversion", "1.0", "ce_id", id.toString(), "ce_type", event.eventType());
        TOPIC.send(headers, event.key(), json.write(event));
    }

    private static BackupFailed failed(String reason, Instant at) {
        return new BackupFailed(new UUID(0, 1), "default", BackupKind.FULL, reason, at);
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

    /** All of a backup's events are in one partition: what is told after this one was read after the others. */
    private void awaitMarker() {
        send(UUID.randomUUID(), failed("marker", Instant.now()));
        await().atMost(SOON).untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("marker")));
    }

    @Test
    void tellsOfAFailedAndOfACorruptedBackupAndOfNoOther() {
        var now = Instant.now();
        send(UUID.randomUUID(), new BackupCompleted(new UUID(0, 1), "default", BackupKind.FULL, 1, "sha", now));
        send(UUID.randomUUID(), new BackupCorrupted(new UUID(0, 1), "default", "a checksum differs", now));
        awaitMarker();

        assertThat(kinds()).containsExactlyInAnyOrder("backup-corrupted", "backup-failed");
        assertThat(texts()).anyMatch(text -> text.contains("a checksum differs"));
    }

    @Test
    void tellsThatSomebodyChangedBackupsInTheBucket() {
        var what = "ROLLED_BACK seals/default/x: expected seal 7, found nothing";
        send(UUID.randomUUID(), new SealsBroken("default", new UUID(0, 2), 3, what, Instant.now()));

        await().atMost(SOON).untilAsserted(() -> assertThat(kinds()).containsExactly("seals-broken"));

        assertThat(texts()).singleElement().asString().contains(what, "3 new findings");
    }

    @Test
    void tellsOfABackupThatIsTooOldAndOfAStorageThatFillsUp() {
        var now = Instant.now();
        send(UUID.randomUUID(), new BackupTooOld("default", null, 43_200, now));
        send(UUID.randomUUID(), new BackupRecentAgain("default", now, now));
        send(UUID.randomUUID(), new StorageFilling(90, 91, 100, now));
        send(UUID.randomUUID(), new StorageEased(90, 84, 100, now));
        send(UUID.randomUUID(), new RecoveryKitTooOld(null, "nobody said so for 30 days", now));
        send(UUID.randomUUID(), new RecoveryKitRecentAgain(now, now));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(kinds())
                        .containsExactlyInAnyOrder(
                                "backup-too-old",
                                "backup-recent-again",
                                "storage-filling",
                                "storage-eased",
                                "recovery-kit-too-old",
                                "recovery-kit-recent-again"));
        assertThat(texts())
                .anyMatch(text -> text.contains("there is no verified FULL") && text.contains("PT12H"))
                .anyMatch(text -> text.contains("91 of 100 bytes"))
                .anyMatch(text -> text.contains("Nobody keeps a recovery kit: nobody said so for 30 days"));
    }

    @Test
    void tellsOfAnEventOnceHoweverOftenItIsRead() {
        var id = UUID.randomUUID();
        var now = Instant.now();
        send(id, failed("the bucket is away", now));
        send(id, failed("the bucket is away", now));
        awaitMarker();

        assertThat(texts())
                .filteredOn(text -> text.contains("the bucket is away"))
                .hasSize(1);
    }

    @Test
    void isSilentAboutWhatHappenedLongAgo() {
        send(UUID.randomUUID(), failed("last week", Instant.now().minus(Duration.ofDays(7))));
        awaitMarker();

        assertThat(texts()).noneMatch(text -> text.contains("last week"));
    }

    @Test
    void parksWhatItCannotReadAndGoesOn() {
        var type = failed("x", Instant.now()).eventType();
        TOPIC.send(Map.of("ce_id", "no uuid", "ce_type", type), "key", "{}".getBytes(UTF_8));
        TOPIC.send(Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", type), "key", "{\"half".getBytes(UTF_8));
        TOPIC.send(Map.of("ce_id", UUID.randomUUID().toString()), "key", "{}".getBytes(UTF_8));
        awaitMarker();

        await().atMost(SOON).untilAsserted(() -> assertThat(PARKED.all()).hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void tellsOfAnEventThatCameWhileTheDatabaseWasAway() {
        TestPlatform.shared().pause(Part.POSTGRES);
        try {
            send(UUID.randomUUID(), failed("during the outage", Instant.now()));
        } finally {
            TestPlatform.shared().resume(Part.POSTGRES);
        }

        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(texts()).anyMatch(text -> text.contains("during the outage")));
    }

    @Test
    void readsOnByItselfAfterKafkaWasAway() {
        TestPlatform.shared().pause(Part.KAFKA);
        TestPlatform.shared().resume(Part.KAFKA);

        awaitMarker();

        assertThat(kinds()).contains("backup-failed");
    }
}
