package io.everstate.backup;

import static io.everstate.backup.testing.StoredSegments.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.ArchiverProcess;
import io.everstate.backup.testing.EventLog;
import io.everstate.backup.testing.SegmentClient;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.backup.testing.StoredSegments;
import io.everstate.contracts.backup.TopicRestoreView;
import io.everstate.contracts.backup.TopicRestoreView.Partition;
import io.everstate.contracts.backup.TopicRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic comes back from the bucket alone: the catalogue of the service that brings it back is empty. */
class TopicRestoreIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int RECORDS = 500;

    @TempDir
    Path directory;

    private final String bucket = "rebuild-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final EventLog log = new EventLog();
    private ServiceProcess service;
    private SegmentClient client;

    @BeforeEach
    void archive() {
        log.write(RECORDS - 1);
        log.writeLarge();
        try (var archiver =
                process().set("everstate.segments.topic", log.name()).start()) {
            var watching = new SegmentClient(archiver.url());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(watching.partitions(log.id()))
                            .hasSize(EventLog.PARTITIONS)
                            .allSatisfy(view -> assertThat(view.archivedTo()).isEqualTo(RECORDS)));
        }
        service = process().set("everstate.segments.enabled", "false").start();
        client = new SegmentClient(service.url());
    }

    private ServiceProcess.Builder process() {
        return ArchiverProcess.of(TestPlatform.shared().newDatabase(), bucket, directory, stateService.url());
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
        stateService.close();
    }

    private TopicRestoreView restored(String topic) {
        return ended(client.restoreTopic(log.id(), topic));
    }

    private TopicRestoreView ended(TopicRestoreView begun) {
        return await().atMost(PATIENCE)
                .until(() -> client.topicRestore(begun.id()), view -> view.status() != Status.RUNNING);
    }

    @Test
    void makesTheTopicAgainWithEveryRecordAtItsOffset() {
        var name = "again-" + UUID.randomUUID();

        var restored = restored(name);

        assertThat(restored.status()).as(restored.failure()).isEqualTo(Status.COMPLETED);
        assertThat(restored.partitions()).extracting(Partition::records).containsOnly((long) RECORDS);
        try (var again = EventLog.of(name)) {
            for (var partition : EventLog.partitions()) {
                assertThat(StoredSegments.logged(again, partition))
                        .isEqualTo(StoredSegments.logged(log, partition))
                        .hasSize(RECORDS);
            }
        }
    }

    @Test
    void writesIntoNoTopicThatHoldsARecord() {
        try (var other = new EventLog()) {
            other.write(1);

            var refused = restored(other.name());

            assertThat(refused.status()).isEqualTo(Status.FAILED);
            assertThat(refused.failure()).contains("not empty");
            assertThat(other.records(0)).hasSize(1);
        }
    }

    @Test
    void checksEverySegmentAndWritesNothing() {
        var checked = ended(client.checkTopic(log.id()));

        assertThat(checked.status()).as(checked.failure()).isEqualTo(Status.COMPLETED);
        assertThat(checked.partitions()).extracting(Partition::endOffset).containsOnly((long) RECORDS);
    }

    @Test
    void stopsAtAGapAndNamesItsRecords() {
        var segments = objects(bucket, "segments/" + log.id() + "/0/");
        StoredSegments.delete(bucket, segments.get(2));
        var from = StoredSegments.firstOffset(segments.get(2));
        var to = StoredSegments.firstOffset(segments.get(3)) - 1;

        var checked = ended(client.checkTopic(log.id()));
        var restored = restored("gap-" + UUID.randomUUID());

        assertThat(checked.status()).isEqualTo(Status.FAILED);
        assertThat(checked.failure()).contains("no segment of the records %d to %d".formatted(from, to));
        assertThat(restored.status()).isEqualTo(Status.FAILED);
        assertThat(restored.partitions().getFirst().endOffset()).isEqualTo(from);
    }

    @Test
    void saysWhichSegmentIsDamaged() {
        var name = objects(bucket, "segments/" + log.id() + "/0/").get(1);
        StoredSegments.overwrite(
                bucket, name, objects(bucket, "segments/" + log.id() + "/1/").get(1));

        var checked = ended(client.checkTopic(log.id()));

        assertThat(checked.status()).isEqualTo(Status.FAILED);
        assertThat(checked.failure()).contains(name);
    }
}
