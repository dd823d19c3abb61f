package io.everstate.backup;

import static io.everstate.backup.testing.StoredSegments.assertWhole;
import static io.everstate.backup.testing.StoredSegments.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.ArchiverProcess;
import io.everstate.backup.testing.EventLog;
import io.everstate.backup.testing.SegmentClient;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.backup.testing.StoredSegments;
import io.everstate.contracts.backup.SegmentJoinsView;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.backup.TopicRestoreView.Status;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small segments are joined by the real process, on real Kafka, PostgreSQL and S3, and the log comes out of them as it went in. */
class SegmentJoinsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern JOINED = Pattern.compile(".*/[0-9]{20}\\.[0-9]{20}\\.log\\.zst");
    private static final int AT_MOST = 4;

    @TempDir
    Path directory;

    private final String bucket = "joins-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final FaultyStorage storage = new FaultyStorage(
            TestPlatform.shared().storage().endpoint(),
            path -> JOINED.matcher(path).matches());
    private final EventLog log = new EventLog();
    private ServiceProcess service;
    private SegmentClient client;

    private void start(Database database, Map<String, String> settings) {
        var process = ArchiverProcess.of(database, bucket, directory, stateService.url())
                .set("everstate.storage.endpoint", storage.url())
                .set("everstate.storage.call-timeout", "2s")
                .set("everstate.segments.topic", log.name())
                .set("everstate.segments.join.look-every", "1s")
                .set("everstate.segments.join.after", "0s")
                .set("everstate.segments.join.size", "200K")
                .set("everstate.segments.join.at-most", AT_MOST);
        settings.forEach(process::set);
        service = process.start();
        client = new SegmentClient(service.url());
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
        storage.close();
        stateService.close();
    }

    /** Each time one small segment of each partition. */
    private void writeInto(int segments) {
        for (var i = 0; i < segments; i++) {
            log.write(7);
            awaitArchived();
        }
    }

    private void awaitArchived() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var views = client.partitions(log.id());
            assertThat(views).hasSize(EventLog.PARTITIONS);
            assertThat(views).allSatisfy(view -> assertThat(view.archivedTo()).isEqualTo(log.end(view.partition())));
        });
    }

    private void awaitJoined(int each) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.joins(log.id()))
                        .hasSize(EventLog.PARTITIONS)
                        .extracting(SegmentJoinsView::segments)
                        .allMatch(segments -> segments >= each));
    }

    private List<String> stored() {
        return objects(bucket, "segments/" + log.id() + "/");
    }

    private void assertRestores() {
        var name = "again-" + UUID.randomUUID();
        var begun = client.restoreTopic(log.id(), name);
        var ended = await().atMost(PATIENCE)
                .until(() -> client.topicRestore(begun.id()), view -> view.status() != Status.RUNNING);
        assertThat(ended.status()).as(ended.failure()).isEqualTo(Status.COMPLETED);
        try (var again = EventLog.of(name)) {
            for (var partition : EventLog.partitions()) {
                assertThat(StoredSegments.logged(again, partition)).isEqualTo(StoredSegments.logged(log, partition));
            }
        }
        assertThat(ended.partitions())
                .extracting(TopicRestoreView.Partition::records)
                .containsExactly(log.end(0), log.end(1));
    }

    @Test
    void theTopicComesOutOfJoinedSegmentsAsItWentIn() {
        start(TestPlatform.shared().newDatabase(), Map.of("everstate.segments.join.grace", "1s"));

        writeInto(2 * AT_MOST + 1);
        awaitJoined(2);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.joins(log.id())).allSatisfy(joins -> {
                    assertThat(joins.toRemove()).isZero();
                    assertThat(joins.joinedFrom()).isGreaterThanOrEqualTo(2L * AT_MOST);
                }));
        assertThat(stored()).filteredOn(JOINED.asMatchPredicate()).hasSizeGreaterThanOrEqualTo(4);
        assertWhole(log, client, bucket);
        assertRestores();
    }

    /** SIGKILL while the joined one is read back: it is in the bucket, and no row says so. */
    @Test
    void killedBetweenTheObjectAndTheExchangeNothingIsThereTwice() {
        var database = TestPlatform.shared().newDatabase();
        start(database, Map.of());
        storage.tell(Fault.READS_HANG);
        writeInto(AT_MOST + 1);
        await().atMost(PATIENCE).until(() -> stored().stream().anyMatch(JOINED.asMatchPredicate()));

        service.kill();
        var sent = stored().stream().filter(JOINED.asMatchPredicate()).toList();
        storage.tell(Fault.NONE);
        service.restart();

        awaitJoined(1);
        assertThat(stored()).containsAll(sent);
        assertThat(client.segments(log.id(), 0).getFirst().objectName()).matches(JOINED);
        assertRestores();
    }

    /** The small ones stay for the grace period, and the database is lost meanwhile. */
    @Test
    void whereTheCatalogueIsLostBesideBothEachRecordIsCountedOnce() {
        start(TestPlatform.shared().newDatabase(), Map.of());
        writeInto(AT_MOST + 1);
        awaitJoined(1);
        service.close();
        var before = stored();

        start(TestPlatform.shared().newDatabase(), Map.of("everstate.segments.join.enabled", "false"));
        awaitArchived();

        assertThat(stored()).isEqualTo(before);
        for (var partition : EventLog.partitions()) {
            var segments = client.segments(log.id(), partition);
            assertThat(segments.getFirst().objectName()).matches(JOINED);
            assertThat(segments.stream().mapToInt(segment -> segment.records()).sum())
                    .isEqualTo((int) log.end(partition));
        }
        assertRestores();
    }
}
