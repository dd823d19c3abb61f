package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
    private static final long SEED = 18;
    private static final int PARTITIONS = 2;
    private static final int IN_THE_LAST_ROW_OF_A_PAGE = 8_100;

    @TempDir
    private Path directory;

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final Load load = new Load(log, SEED);
    private OwnPostgres postgres;
    private TestDatabase database;
    private FoldUnderLoad fold;

    @BeforeEach
    void start() throws Exception {
        postgres = new OwnPostgres(directory).started();
        database = postgres.database("state");
        fold = new FoldUnderLoad(log, database, SEED);
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

    private static void says(Path log, String what) {
        await().atMost(FoldUnderLoad.PATIENCE)
                .untilAsserted(() -> assertThat(log).content().contains(what));
    }

    @Test
    void whileItIsFullNothingIsHalfWrittenAndItGoesOnWhenThereIsRoom() throws Exception {
        assumeTrue(OwnPostgres.mayMount(), "a small disk cannot be mounted here");
        postgres.execute("postgres", "create tablespace small location '%s'".formatted(postgres.smallDisk()));
        postgres.execute("postgres", "create database state tablespace small");
        try (var process = service()) {
            try (var _ = load.begin()) {
                fold.goesOn();
                fill();
                says(postgres.log(), "No space left on device");
                await().atMost(FoldUnderLoad.PATIENCE)
                        .untilAsserted(() -> assertThat(new StateApi(process).readinessStatus())
                                .isEqualTo(503));
                assertThat(new StateApi(process).readiness()).contains("the database does not answer");
                postgres.execute("postgres", "drop table filler");
                fold.goesOn();
            }

            fold.isThePlainFold(process);
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
                fold.goesOn();
                var failing = failing();
                says(postgres.log(), "PANIC");
                failing.destroy();
                fold.goesOn();
            }

            fold.isThePlainFold(process);
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
                fold.goesOn();
            }
            fold.isThePlainFold(process);
            process.kill();
            postgres.execute("state", "vacuum full bots"); // the rows that are alive are in its first page
            file = postgres.one("state", "select pg_relation_filepath('bots')");
        }
        assertThat(postgres.one("state", "show data_checksums")).isEqualTo("on");
        postgres.close();
        postgres.spoil(file, IN_THE_LAST_ROW_OF_A_PAGE);
        postgres.started();
        try (var process = service()) {
            var api = new StateApi(process);
            says(process.log(), "invalid page in block 0");
            await().atMost(FoldUnderLoad.PATIENCE).ignoreExceptions().until(() -> api.readinessStatus() == 503);
            assertThat(api.readiness()).contains("the database is damaged");
            api.get("/api/v1/bots").statusCode(422);
            process.kill();
            postgres.execute("postgres", "drop database state");

            process.restart();

            fold.isThePlainFold(process);
        }
    }
}
