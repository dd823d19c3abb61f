package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of the connections that all who ask share there is one, under load: nobody waits without end, and folding is none of theirs. */
@Tag("SF13")
class PoolOfOneIT {
    private static final long SEED = 21;
    private static final int READERS = 20;
    private static final int TIMES = 5;
    private static final String QUESTION = "/api/v1/system-state";
    /** After that PostgreSQL gives a statement up. */
    private static final Duration STATEMENT = Duration.ofSeconds(15);
    /** One waits 2 s for a connection and then as long as its statement may take; the rest is for a busy machine. */
    private static final Duration LONGEST = STATEMENT.plusSeconds(10);

    private final TestLog log = TestLog.fresh(2);
    private final Load load = new Load(log, SEED);
    private final TestDatabase database = TestDatabase.empty();
    private final FoldUnderLoad fold = new FoldUnderLoad(log, database, SEED);
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void stop() {
        readers.shutdownNow();
        log.close();
    }

    private record Answer(int status, String retryAfter, Duration after) {}

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("quarkus.datasource.jdbc.max-size", 1)
                .start();
    }

    private static Answer asked(StateApi api) {
        var begin = System.nanoTime();
        var answer = api.get(QUESTION).extract();
        return new Answer(
                answer.statusCode(), answer.header("Retry-After"), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Of the service's statements, those that wait for a lock. */
    private long keeping() throws SQLException {
        return statements("wait_event_type = 'Lock'");
    }

    /** Of the service's statements, those that PostgreSQL should have ended by now. */
    private long givenUp() throws SQLException {
        return statements("query_start < clock_timestamp() - interval '%d s'"
                .formatted(STATEMENT.plusSeconds(1).toSeconds()));
    }

    private long statements(String those) throws SQLException {
        try (var connection = database.connections().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'state-service'"
                                + " and state = 'active' and " + those)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void whoAsksIsAnsweredInTimeAndFoldingGoesOn() throws Exception {
        var answers = new ConcurrentLinkedQueue<Answer>();
        try (var process = service();
                var _ = load.begin()) {
            var api = new StateApi(process);
            fold.goesOn();

            List<? extends Future<?>> asking = IntStream.range(0, READERS)
                    .mapToObj(_ ->
                            readers.submit(() -> IntStream.range(0, TIMES).forEach(_ -> answers.add(asked(api)))))
                    .toList();
            fold.goesOn();
            for (var one : asking) {
                one.get();
            }
        }

        assertThat(answers)
                .hasSize(READERS * TIMES)
                .allSatisfy(answer -> assertThat(answer.after()).isLessThan(LONGEST));
    }

    @Test
    void whileOneWhoAsksKeepsItTheOthersAreSentAwayAndFoldingGoesOn() throws Exception {
        try (var process = service()) {
            var api = new StateApi(process);
            try (var _ = load.begin()) {
                fold.goesOn();
                try (var locking = database.connections().getConnection();
                        var statement = locking.createStatement()) {
                    locking.setAutoCommit(false);
                    statement.execute("lock table system_runs in access exclusive mode");
                    var first = readers.submit(() -> asked(api));
                    await().atMost(FoldUnderLoad.PATIENCE)
                            .untilAsserted(() -> assertThat(api.readiness()).contains("acquisition timeout"));
                    fold.goesOn();
                    assertThat(keeping())
                            .as("who asked, or a job of the service's own, keeps it all the time")
                            .isPositive();
                    assertThat(List.of(asked(api), first.get())).allSatisfy(answer -> {
                        assertThat(answer.status()).isEqualTo(503);
                        assertThat(answer.retryAfter()).isEqualTo("1");
                        assertThat(answer.after()).isLessThan(LONGEST);
                    });
                    assertThat(givenUp())
                            .as("statements that go on behind our back")
                            .isZero();
                    locking.rollback();
                }
                await().atMost(FoldUnderLoad.PATIENCE)
                        .untilAsserted(() -> assertThat(asked(api).status()).isEqualTo(200));
            }

            fold.isThePlainFold(process);
        }
    }
}
