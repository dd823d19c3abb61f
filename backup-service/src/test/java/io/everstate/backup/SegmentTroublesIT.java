package io.everstate.backup;

import static io.everstate.backup.testing.StoredSegments.assertWhole;
import static io.everstate.backup.testing.StoredSegments.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.everstate.backup.testing.ArchiverProcess;
import io.everstate.backup.testing.EventLog;
import io.everstate.backup.testing.SegmentClient;
import io.everstate.backup.testing.StandInStateService;
import io.everstate.backup.testing.StoredSegments;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.platform.launcher.Database;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong beside the storage, and what an archive may be besides plain and small: the real process, on real Kafka, PostgreSQL and S3. */
class SegmentTroublesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final String bucket = "troubles-" + UUID.randomUUID();
    private final StandInStateService stateService = new StandInStateService();
    private final EventLog log = new EventLog();
    private Database database = TestPlatform.shared().newDatabase();
    private ServiceProcess service;
    private SegmentClient client;

    private void start(Map<String, String> settings) {
        service = process(settings).start();
        client = new SegmentClient(service.url());
    }

    private ServiceProcess.Builder process(Map<String, String> settings) {
        var process = ArchiverProcess.of(database, bucket, directory, stateService.url())
                .set("everstate.segments.topic", log.name());
        settings.forEach(process::set);
        return process;
    }

    /** As after a database that was lost. */
    private void startWithAnEmptyCatalogue(Map<String, String> settings) {
        service.close();
        database = TestPlatform.shared().newDatabase();
        start(settings);
    }

    @AfterEach
    void stop() {
        service.close();
        log.close();
        stateService.close();
    }

    private SegmentPartitionView partition(int number) {
        return client.partitions(log.id()).stream()
                .filter(view -> view.partition() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("partition " + number + " was not seen yet"));
    }

    private void awaitArchived(int number) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(partition(number).archivedTo()).isEqualTo(log.end(number)));
    }

    private void awaitArchived() {
        EventLog.partitions().forEach(this::awaitArchived);
    }

    private Map<String, String> encrypting(KeyPair keys) {
        return Map.of("everstate.archive.recipients", keys.getPublic().toString());
    }

    private Map<String, String> decrypting(KeyPair keys) throws Exception {
        var identity = Files.writeString(directory.resolve("identity.txt"), keys.getPrivate() + "\n");
        return Map.of(
                "everstate.archive.recipients",
                keys.getPublic().toString(),
                "everstate.archive.identity-file",
                identity.toString());
    }

    /** With a public key alone it reads back what it wrote itself, and nothing else; with the secret one it gives every record as it was. */
    @Test
    void archivesEncryptedWhatOnlyTheSecretKeyOpens() throws Exception {
        var keys = new X25519KeyPairGenerator().generateKeyPair();
        start(encrypting(keys));
        log.write(200);
        awaitArchived();
        assertThat(objects(bucket, "segments/")).allMatch(name -> name.endsWith(".log.zst.age"));
        assertThat(client.contentStatus(client.segments(log.id(), 0).getFirst()))
                .isEqualTo(409);

        service.close();
        start(decrypting(keys));
        log.write(50);

        awaitArchived();
        assertWhole(log, client, bucket);
    }

    /** Its next object is of another partition, as a person may have copied it there: that one waits for a person, and no other does. */
    @Test
    void anObjectThatCannotBeTakenStopsItsPartitionAlone() {
        start(Map.of());
        log.write(20);
        awaitArchived();
        service.close();
        var theirs = objects(bucket, "segments/" + log.id() + "/0/").getFirst();
        StoredSegments.overwrite(
                bucket, theirs, objects(bucket, "segments/" + log.id() + "/1/").getFirst());

        startWithAnEmptyCatalogue(Map.of());
        log.write(20);

        awaitArchived(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(partition(0).failure()).contains("holds partition 1"));
        assertThat(partition(0).archivedTo()).isZero();
        assertThat(partition(1).failure()).isNull();
    }

    @Test
    void partitionsThatAreAddedAreArchivedToo() {
        start(Map.of());
        log.write(20);
        awaitArchived();

        log.addPartition();
        log.writeInto(EventLog.PARTITIONS, 30);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(partition(EventLog.PARTITIONS).archivedTo()).isEqualTo(30));
        log.write(5);
        awaitArchived();
    }

    /** A second one comes, and the first one dies. */
    @Test
    void replicasShareThePartitionsAndTakeThoseOfOneThatDied() {
        start(Map.of());
        log.write(20);
        awaitArchived();
        try (var second = process(Map.of()).start()) {
            await().atMost(PATIENCE).until(() -> {
                log.write(1);
                return archivedBy(second) > 0;
            });
            var before = archivedBy(service);
            log.write(50);
            awaitArchived();
            assertThat(archivedBy(service)).as("by the first one too").isGreaterThan(before);

            service.kill();
            client = new SegmentClient(second.url());
            log.write(50);

            awaitArchived();
            assertWhole(log, client, bucket);
        }
    }

    /** Records that this process archived. */
    private static double archivedBy(ServiceProcess process) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(process.managementUrl().resolve("/q/metrics"))
                    .build();
            var lines = http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
            return lines.filter(line -> line.startsWith("everstate_segments_records_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whileTheDatabaseIsAwayRecordsWaitAndAreArchivedOnce() throws Exception {
        start(Map.of());
        log.write(50);
        awaitArchived();

        allowConnections(false);
        log.write(400);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(service.log())).contains("is not archived for now"));
        allowConnections(true);

        awaitArchived();
        assertWhole(log, client, bucket);
    }

    /** PostgreSQL refuses and ends all connections to that one database. */
    private void allowConnections(boolean allowed) throws SQLException {
        var name = database.url().replaceAll(".*/([^?]+).*", "$1");
        var maintenance = database.url().replace("/" + name, "/postgres");
        try (var connection = DriverManager.getConnection(maintenance, database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute("alter database \"%s\" allow_connections %s".formatted(name, allowed));
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
        }
    }

    /** Records of a mebibyte and a half each, in segments of two and with a sixteenth of what waits in memory. */
    @Test
    void archivesAsMuchAsTheLogHasWithDefaultSizesAndLittleMemory() {
        for (var i = 0; i < 12; i++) {
            log.writeLarge();
        }
        start(Map.of("everstate.segments.size", "2M", "everstate.segments.memory", "3M"));

        awaitArchived();

        assertWhole(log, client, bucket);
        assertThat(client.segments(log.id(), 0)).hasSizeBetween(3, 12);
    }
}
