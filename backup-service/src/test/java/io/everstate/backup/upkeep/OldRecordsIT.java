package io.everstate.backup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.testing.BackupClient;
import io.everstate.backup.testing.Surroundings;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.everstate.platform.testkit.PlatformResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports that are made old, and not waited for. */
@QuarkusTest
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "backup"),
            @ResourceArg(name = "bucket", value = "backups-it")
        })
@QuarkusTestResource(Surroundings.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields
class OldRecordsIT {
    private static final Instant BEFORE = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant OLD = BEFORE.minusSeconds(1);

    @TestHTTPResource
    URI service;

    @Inject
    OldRecords records;

    @Inject
    DataSource database;

    private BackupClient client;
    private UUID backup;

    @BeforeEach
    void aBackup() {
        client = new BackupClient(service);
        backup = client.completed(client.take("excluding", "CONFIG_ONLY")).id();
    }

    @Test
    void ofVerificationsThatAreOldTheNewestOfEachBackupStays() throws SQLException {
        var another = client.completed(client.take("excluding", "CONFIG_ONLY")).id();
        var onlyOne = client.verificationEnded(client.verify(another)).id();
        ended("verification", onlyOne, OLD);
        var verifications = Stream.generate(
                        () -> client.verificationEnded(client.verify(backup)).id())
                .limit(3)
                .toList();
        for (var one : verifications.subList(1, 3)) {
            ended("verification", one, OLD);
        }
        ended("verification", verifications.getFirst(), BEFORE);

        removeAll();

        assertThat(verifications)
                .extracting(id -> client.status("/api/v1/verifications/" + id))
                .containsExactly(200, 404, 200);
        assertThat(client.status("/api/v1/verifications/" + onlyOne)).isEqualTo(200);
        assertThat(count("verification_finding", "verification_id", verifications.get(1)))
                .isZero();
    }

    @Test
    void dryRunsGoWithTheirDifferencesAndRestoresStay() throws SQLException {
        var dry = client.ended(Map.of("backupId", backup, "dryRun", true)).id();
        var young = client.ended(Map.of("backupId", backup, "dryRun", true)).id();
        var restore = client.ended(Map.of("backupId", backup)).id();
        ended("restore", dry, OLD);
        ended("restore", restore, OLD);
        change("insert into restore_difference (restore_id, path, effect) values ('%s', 'some', 'UNCHANGED')"
                .formatted(dry));

        removeAll();

        assertThat(List.of(dry, young, restore))
                .extracting(id -> client.status("/api/v1/restores/" + id))
                .containsExactly(404, 200, 200);
        assertThat(count("restore_difference", "restore_id", dry)).isZero();
    }

    @Test
    void ofComparisonsTheNewestAndThoseThatAreSweptStay() throws SQLException {
        var gone = comparison(1, OLD, "null");
        var swept = comparison(2, OLD, "'RUNNING'");
        var young = comparison(3, BEFORE, "null");
        var newest = comparison(4, OLD, "null");

        removeAll();

        assertThat(Stream.of(gone, swept, young, newest).map(id -> count("bucket_comparison", "id", id)))
                .containsExactly(0, 1, 1, 1);
        assertThat(Stream.of(gone, swept).map(id -> count("bucket_difference", "comparison_id", id)))
                .containsExactly(0, 1);
        change("delete from bucket_difference where comparison_id = '%s'".formatted(swept));
        change("delete from bucket_comparison where id = '%s'".formatted(swept));
    }

    @Test
    void ofChecksOfSealsTheNewestThatCameToItsEndStays() throws SQLException {
        var gone = sealCheck(1, "one", "COMPLETED", OLD);
        var newest = sealCheck(2, "one", "COMPLETED", OLD);
        var failed = sealCheck(3, "one", "FAILED", OLD);
        var young = sealCheck(4, "two", "COMPLETED", BEFORE);
        var ofAnother = sealCheck(5, "two", "COMPLETED", OLD);

        removeAll();

        var kept = List.of(newest, failed, young, ofAnother);
        assertThat(count("seal_check", "id", gone)).isZero();
        assertThat(kept)
                .allSatisfy(id -> assertThat(count("seal_check", "id", id)).isOne());
        for (var id : kept) {
            change("delete from seal_check where id = '%s'".formatted(id));
        }
    }

    private UUID sealCheck(int place, String workspace, String status, Instant ended) throws SQLException {
        var id = TimeOrderedUuid.at(Instant.now().plusSeconds(place));
        change("""
                insert into seal_check (id, workspace, status, archives, requested_by, requested_at, finished_at)
                values ('%s', 'old records %s', '%s', false, 'a test', '%s', '%s')""".formatted(id, workspace, status, ended, ended));
        return id;
    }

    private void removeAll() {
        var rounds = 0;
        while (records.remove(BEFORE)) {
            assertThat(++rounds).as("an end").isLessThan(100);
        }
    }

    private UUID comparison(int place, Instant ended, String sweep) throws SQLException {
        var id = TimeOrderedUuid.at(Instant.now().plusSeconds(place));
        change("""
                insert into bucket_comparison (id, status, requested_by, requested_at, finished_at, sweep)
                values ('%s', 'COMPLETED', 'a test', '%s', '%s', %s)""".formatted(id, ended, ended, sweep));
        change("insert into bucket_difference (comparison_id, object, kind, detail) values ('%s', 'some', 'ORPHAN', '')"
                .formatted(id));
        return id;
    }

    private void ended(String table, UUID id, Instant at) throws SQLException {
        change("update %s set finished_at = '%s' where id = '%s'".formatted(table, at, id));
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private int count(String table, String column, UUID id) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from %s where %s = '%s'".formatted(table, column, id))) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
