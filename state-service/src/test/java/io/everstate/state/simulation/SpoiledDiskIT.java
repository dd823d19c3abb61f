package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.PostgresStoredFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk below PostgreSQL is full, does not keep what it acknowledged, or gives other bytes back: in the end all is a plain fold of the log. */
@Tag("SF13")
class SpoiledDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 18;
    private static final int PARTITIONS = 2;
    private static final int IN_THE_LAST_ROW_OF_A_PAGE = 8_100;
    private static final int SOME = 40;

    @TempDir
    private Path directory;

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final Load load = new Load(log, SEED);
    private OwnPostgres postgres;
    private TestDatabase database;

    @BeforeEach
    void start() throws IOException {
        postgres = new OwnPostgres(directory).started();
        database = postgres.database("state");
    }

    @AfterEach
    void stop() {
        postgres.close();
        log.close();
    }

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .awaitingReadiness(false)
                .start();
    }

    private long folded() {
        try {
            return Long.parseLong(postgres.one("state", "select coalesce(sum(next_offset), 0) from partition_offsets"));
        } catch (SQLException e) {
            return 0; // it is away, or there are no tables yet
        }
    }

    private void goesOn() {
        var before = folded();
        await().atMost(PATIENCE).until(() -> folded() > before + SOME);
    }

    private void isThePlainFold(ServiceProcess process) {
        var expected = new ArrayList<ExpectedPartition>();
        long end = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var records = log.records(partition);
            expected.add(new ExpectedPartition(partition, log.topicId(), records));
            end += records.size();
        }
        var all = end;
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(folded()).isEqualTo(all));
        var stored = new PostgresStoredFold(database.transactions());
        assertThat(Outcome.of(stored, PARTITIONS).differences(ExpectedPartition.outcome(expected)))
                .as("load of seed %d", SEED)
                .isEmpty();
        process.awaitReady(PATIENCE);
    }

    private static void says(Path log, String what) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log).content().contains(what));
    }

    @Test
    void whileItIsFullNothingIsHalfWrittenAndItGoesOnWhenThereIsRoom() throws Exception {
        assumeTrue(OwnPostgres.mayMount(), "a small disk cannot be mounted here");
        postgres.execute("postgres", "create tablespace small location '%s'".formatted(postgres.smallDisk()));
        postgres.execute("postgres", "create database state tablespace small");
        try (var process = service()) {
            try (var _ = load.begin()) {
                goesOn();
                fill();
                says(postgres.log(), "No space left on device");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(new StateApi(process).readinessStatus())
                                .isEqualTo(503));
                assertThat(new StateApi(process).readiness()).contains("the database does not answer");
                postgres.execute("postgres", "drop table filler");
                goesOn();
            }

            isThePlainFold(process);
        }
    }

    private void fill() throws SQLException {
        postgres.execute("postgres", "create table filler (bytes text) tablespace small");
        postgres.execute("postgres", "alter table filler alter column bytes set storage external");
        for (var size = 4_000_000; size > 1_000; size /= 2) {
            var full = false;
            while (!full) {
                try {
                    postgres.execute("postgres", "insert into filler values (repeat('x', %d))".formatted(size));
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("53100");
                    full = true;
                }
            }
        }
    }

    @Test
    void whatItDoesNotKeepIsWrittenAgain() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "there is no strace here");
        try (var process = service()) {
            try (var _ = load.begin()) {
                goesOn();
                var failing = failing();
                says(postgres.log(), "PANIC");
                failing.destroy();
                goesOn();
            }

            isThePlainFold(process);
            assertThat(postgres.log())
                    .content()
                    .contains("could not fdatasync file", "database system was not properly shut down");
        }
    }

    /** The server's next syncs of its log fail. */
    private Process failing() throws IOException {
        var command = new ArrayList<>(
                List.of("/usr/bin/strace", "-f", "-qq", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"));
        postgres.processes().forEach(pid -> command.addAll(List.of("-p", Long.toString(pid))));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("strace").toFile())
                .start();
    }

    @Test
    void aPageThatHasOtherBytesIsFoundNamedAndMadeAnewFromTheLog() throws Exception {
        String file;
        try (var process = service()) {
            try (var _ = load.begin()) {
                goesOn();
            }
            isThePlainFold(process);
            process.kill();
            file = postgres.one("state", "select pg_relation_filepath('bots')");
        }
        assertThat(postgres.one("state", "show data_checksums")).isEqualTo("on");
        postgres.close();
        postgres.spoil(file, IN_THE_LAST_ROW_OF_A_PAGE);
        postgres.started();
        try (var process = service()) {
            var api = new StateApi(process);
            says(process.log(), "invalid page in block 0");
            await().atMost(PATIENCE).ignoreExceptions().until(() -> api.readinessStatus() == 503);
            assertThat(api.readiness()).contains("the database is damaged");
            api.get("/api/v1/bots").statusCode(422);
            process.kill();
            postgres.execute("postgres", "drop database state");

            process.restart();

            isThePlainFold(process);
        }
    }
}
