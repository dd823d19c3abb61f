package io.everstate.backup;

import static io.everstate.backup.testing.StoredSegments.assertWhole;
import static io.everstate.backup.testing.StoredSegments.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.backup.testing.ArchiverProcess;
import io.everstate.backup.testing.EventLog;
import io.everstate.backup.testing.SegmentClient;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.backup.SegmentView.Status;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.FaultyStorage;
import io.everstate.platform.testkit.FaultyStorage.Fault;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event log is archived by the real process, on real Kafka, PostgreSQL and S3. */
class SegmentsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final String bucket = "segments-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final FaultyStorage storage =
            new FaultyStorage(TestPlatform.shared().storage().endpoint(), path -> path.contains("/segments/"));
    private final EventLog log = new EventLog();
    private Database database;
    private ServiceProcess service;
    private SegmentClient client;

    @BeforeEach
    void start() {
        database = TestPlatform.shared().newDatabase();
        service = service(database);
        client = new SegmentClient(service.url());
    }

    private ServiceProcess service(Database catalogue) {
        return ArchiverProcess.of(catalogue, bucket, directory, stateService.url())
                .set("everstate.storage.endpoint", storage.url())
                .set("everstate.storage.call-timeout", "2s")
                .set("everstate.segments.topic", log.name())
                .set("everstate.segments.late-after", "3s")
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
        storage.close();
        stateService.close();
    }

    private SegmentPartitionView partition(int number) {
        return client.partitions(log.id()).stream()
                .filter(view -> view.partition() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("partition " + number + " was not seen yet"));
    }

    private void awaitArchived() {
        awaitArchived(client);
    }

    private void awaitArchived(SegmentClient asked) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var views = asked.partitions(log.id());
            assertThat(views).hasSize(EventLog.PARTITIONS);
            assertThat(views)
                    .allSatisfy(view -> assertThat(view.archivedTo())
                            .as(String.valueOf(view))
                            .isEqualTo(log.end(view.partition())));
        });
    }

    @Test
    void archivesEveryRecordAsItWas() {
        log.write(1_000);

        awaitArchived();

        assertWhole(log, client, bucket);
        var segments = client.segments(log.id(), 0);
        assertThat(segments).as("full ones begin the next").hasSizeGreaterThan(5);
        assertThat(segments).allSatisfy(segment -> {
            assertThat(client.from(log.id(), 0, segment.firstOffset()).getFirst())
                    .isEqualTo(segment);
            assertThat(client.from(log.id(), 0, segment.lastOffset()).getFirst())
                    .isEqualTo(segment);
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(partition(0).gaps()).isEmpty();
            assertThat(partition(0).logEnd()).isEqualTo(1_000);
        });
    }

    /** SIGKILL at five moments while it archives; the next process goes on where the bucket and the rows agree. */
    @Test
    void killedInTheMiddleItLeavesNeitherAGapNorAnOverlap() {
        var random = new Random(9);
        for (var round = 0; round < 5; round++) {
            var before = stored();
            log.write(400);
            var more = 1 + random.nextInt(6);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> stored() >= before + more);

            service.kill();
            service.restart();
        }

        awaitArchived();

        assertWhole(log, client, bucket);
    }

    private int stored() {
        return bucketIsThere() ? objects(bucket, "segments/").size() : 0;
    }

    private boolean bucketIsThere() {
        return !client.segments(log.id(), 0).isEmpty();
    }

    /** What was sent and not counted is found by the next process, and is the one object of its place. */
    @Test
    void killedBetweenTheObjectAndItsRowItCountsTheObject() {
        storage.tell(Fault.READS_HANG);
        log.write(10);
        await().atMost(PATIENCE)
                .until(() -> client.segments(log.id(), 0).stream().anyMatch(row -> row.status() == Status.UPLOADING));
        await().atMost(PATIENCE).until(() -> !objects(bucket, "segments/").isEmpty());

        service.kill();
        var sent = objects(bucket, "segments/");
        storage.tell(Fault.NONE);
        service.restart();

        awaitArchived();
        assertWhole(log, client, bucket);
        assertThat(objects(bucket, "segments/")).containsAll(sent);
    }

    /** One that was stopped longer than its lease lasts wakes up beside the one that took over. */
    @Test
    void ofTwoReplicasOneArchivesAPartitionAlsoWhenOneWasTakenForDead() {
        try (var second = service(database)) {
            log.write(300);
            awaitArchived();
            log.write(1_000);
            service.suspend();
            var survivor = new SegmentClient(second.url());
            log.write(300);
            awaitArchived(survivor);

            service.resume();
            log.write(300);

            awaitArchived(survivor);
            assertWhole(log, survivor, bucket);
        }
    }

    @Test
    void whileTheStorageIsAwayItSaysWhatIsLateAndDisturbsNothing() throws Exception {
        log.write(50);
        awaitArchived();
        storage.tell(Fault.ERRORS);

        log.write(50);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(partition(0).gaps()).containsExactly(new Gap(GapState.LATE, 50, 99, 50));
            assertThat(partition(0).waitingSince()).isNotNull();
        });
        assertThat(readiness()).isEqualTo(200);
        storage.tell(Fault.NONE);
        awaitArchived();
        assertWhole(log, client, bucket);
    }

    private int readiness() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var ready = URI.create(service.managementUrl() + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void storesNothingThatIsNotReadBackAsItWas() {
        storage.tell(Fault.READS_ARE_FLIPPED);
        log.write(50);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(partition(0).failure()).isNotNull());
        assertThat(partition(0).archivedTo()).isZero();

        storage.tell(Fault.NONE);
        awaitArchived();
        assertWhole(log, client, bucket);
    }

    @Test
    void aTopicThatWasMadeAnewIsArchivedBesideTheOldOne() {
        log.write(100);
        awaitArchived();
        var old = log.id();
        var before = objects(bucket, "segments/" + old + "/");

        log.makeAnew();
        log.write(30);

        awaitArchived();
        assertWhole(log, client, bucket);
        assertThat(log.id()).isNotEqualTo(old);
        assertThat(objects(bucket, "segments/" + old + "/")).isEqualTo(before);
        assertThat(client.partitions(old))
                .extracting(SegmentPartitionView::archivedTo)
                .containsOnly(100L);
    }

    /** Its consumer knows the topic by name alone, and reads on in the new one until the archive looks at it. */
    @Test
    void aLongerTopicOfTheSameNameSaysNothingOfTheOldOne() {
        log.write(2);
        awaitArchived();
        var old = log.id();

        log.makeAnew();
        log.write(300);

        awaitArchived();
        assertWhole(log, client, bucket);
        assertThat(client.partitions(old)).allSatisfy(view -> {
            assertThat(view.archivedTo()).isEqualTo(2);
            assertThat(view.divergence()).isNull();
        });
    }

    @Test
    void whatWaitedWhenATopicWasMadeAnewIsLostAndSaysSo() {
        log.write(50);
        awaitArchived();
        var old = log.id();
        storage.tell(Fault.ERRORS);
        log.write(30);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(partition(0).gaps()).containsExactly(new Gap(GapState.LATE, 50, 79, 30)));

        log.makeAnew();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(service.log()))
                        .contains("of partition 0 of topic " + old + " are lost is not written down yet")
                        .contains("of partition 1 of topic " + old + " are lost is not written down yet"));
        storage.tell(Fault.NONE);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.partitions(old))
                        .allSatisfy(
                                view -> assertThat(view.gaps()).containsExactly(new Gap(GapState.LOST, 50, 79, 30))));
        awaitArchived();
    }

    /** Two are read, and do not end: the third one is not let in. */
    @Test
    void readsFewContentsAtATime() throws Exception {
        log.write(20);
        awaitArchived();
        var segment = client.segments(log.id(), 0).getFirst();
        Callable<String> read = () -> client.contentProblem(segment);
        storage.tell(Fault.READS_HANG);

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(List.of(read, read, read));

            assertThat(answers.stream().map(Future::resultNow).filter(text -> text.contains("as many segments")))
                    .hasSize(1);
        }
    }

    @Test
    void saysWhichRecordsTheLogLostBeforeTheyWereArchived() {
        log.write(20);
        awaitArchived();
        service.kill();
        log.write(80);
        log.loseStart(0, 70);
        service.restart();

        awaitArchived();

        assertThat(partition(0).gaps().getFirst()).isEqualTo(new Gap(GapState.LOST, 20, 69, 50));
        assertThat(client.segments(log.id(), 0)).extracting(row -> row.status()).contains(Status.LOST);
    }

    @Test
    void withAnEmptyCatalogueItFindsWhatTheBucketHas() {
        log.write(300);
        awaitArchived();
        service.close();
        var before = objects(bucket, "segments/");

        service = service(TestPlatform.shared().newDatabase());
        client = new SegmentClient(service.url());

        awaitArchived();
        assertWhole(log, client, bucket);
        assertThat(objects(bucket, "segments/")).isEqualTo(before);
    }

    /** As after a disk that lost the log's end: the catalogue is told another last record than the log has. */
    @Test
    void mixesNoLogWithOneThatLostItsEnd() throws Exception {
        log.write(20);
        awaitArchived();
        service.kill();
        change("update segment set last_record = 'another' where partition = 0");
        change("update segment set end_offset = 25 where partition = 1 and end_offset = 20");
        service.restart();
        var before = objects(bucket, "segments/");

        log.write(3);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(partition(0).divergence()).isEqualTo("the log has another record at 19 than was archived");
            assertThat(partition(1).divergence())
                    .startsWith("the log ends at 2")
                    .endsWith("and its records were archived up to 25");
        });
        assertThat(objects(bucket, "segments/")).isEqualTo(before);
    }

    @Test
    void givesNoContentOfADamagedSegment() throws Exception {
        log.write(20);
        awaitArchived();
        var segment = client.segments(log.id(), 0).getFirst();

        storage.tell(Fault.READS_ARE_FLIPPED);
        assertThat(client.contentStatus(segment)).isEqualTo(422);
        storage.tell(Fault.READS_FIND_NOTHING);
        assertThat(client.contentStatus(segment)).isEqualTo(422);
        storage.tell(Fault.ERRORS);
        assertThat(client.contentStatus(segment)).isEqualTo(503);
        storage.tell(Fault.NONE);
        change("update segment set sha256 = 'another' where partition = 0");
        assertThat(client.contentStatus(segment)).isEqualTo(422);
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void aListOfAPartitionThatIsNotThereIsEmpty() {
        assertThat(client.segments("no-such-topic", 0)).isEqualTo(List.of());
    }
}
