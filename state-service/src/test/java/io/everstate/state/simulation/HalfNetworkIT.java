package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The way between the service and the log, or the database, is half a way, under load. It says so, goes on by itself when the way is whole again,
 * and what is stored then is the plain fold.
 */
@Tag("SF11")
@Tag("SF13")
class HalfNetworkIT {
    private static final long SEED = 33;
    /** After that who asks Kafka has begun new connections, whose first answers are lost too. */
    private static final Duration SOME_TIME = Duration.ofSeconds(6);
    /** A question waits 2 s for a connection, 20 s for the answer on it; the rest is for a busy machine. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final TestLog LOG = TestLog.fresh(2);
    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final Load LOAD = new Load(LOG, SEED);
    private static final FoldUnderLoad FOLD = new FoldUnderLoad(LOG, DATABASE, SEED);
    private static HalfNetwork toLog;
    private static HalfNetwork toDatabase;
    private static ServiceProcess process;
    private static StateApi api;

    @BeforeAll
    static void start() throws IOException {
        toLog = HalfNetwork.toKafka(LOG.kafka());
        var url = DATABASE.database().url();
        var address = url.substring(0, url.lastIndexOf('/'));
        var port = address.substring(address.lastIndexOf(':') + 1);
        toDatabase = HalfNetwork.to(Integer.parseInt(port));
        process = ServiceProcess.of("state-service")
                .configuration(DATABASE.configuration(LOG))
                .set("kafka.bootstrap.servers", "127.0.0.1:" + toLog.port())
                .set("quarkus.datasource.jdbc.url", url.replace(":" + port + "/", ":" + toDatabase.port() + "/"))
                .start();
        api = new StateApi(process);
    }

    @AfterAll
    static void stop() throws IOException {
        process.close();
        toLog.close();
        toDatabase.close();
        LOG.close();
    }

    private static void saysSo(String what) {
        await().atMost(FoldUnderLoad.PATIENCE).untilAsserted(() -> {
            assertThat(api.readinessStatus()).isEqualTo(503);
            assertThat(api.readiness()).contains(what);
        });
    }

    private static void isWellAgain(HalfNetwork network) {
        network.becomes(HalfNetwork.Condition.WELL);
        FOLD.goesOn();
    }

    @Test
    void theLogsAnswersAreLost() {
        try (var _ = LOAD.begin()) {
            FOLD.goesOn();
            toLog.becomes(HalfNetwork.Condition.ANSWERS_LOST);
            saysSo("the log does not answer");
            assertThat(api.systemState().lag()).as("nobody knows it").isEqualTo(-1);
            await().pollDelay(SOME_TIME).until(() -> true);
            isWellAgain(toLog);
        }

        FOLD.isThePlainFold(process);
    }

    /** Of a commit among them nobody knows whether it counts. */
    @Test
    void theDatabasesAnswersAreLost() {
        try (var _ = LOAD.begin()) {
            FOLD.goesOn();
            toDatabase.becomes(HalfNetwork.Condition.ANSWERS_LOST);
            var begin = System.nanoTime();
            api.get("/api/v1/system-state").statusCode(503).header("Retry-After", "1");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
            saysSo("the database does not answer");
            isWellAgain(toDatabase);
        }

        FOLD.isThePlainFold(process);
    }

    @Test
    void connectionsAreReset() {
        try (var _ = LOAD.begin()) {
            for (var network : new HalfNetwork[] {toLog, toDatabase}) {
                FOLD.goesOn();
                network.becomes(HalfNetwork.Condition.RESET);
                saysSo("does not answer");
                isWellAgain(network);
            }
        }

        FOLD.isThePlainFold(process);
    }

    @Test
    void bothWaysAreSlow() {
        try (var _ = LOAD.begin()) {
            toLog.becomes(HalfNetwork.Condition.SLOW);
            toDatabase.becomes(HalfNetwork.Condition.SLOW);
            FOLD.goesOn();
            FOLD.goesOn();
            toDatabase.becomes(HalfNetwork.Condition.WELL);
            isWellAgain(toLog);
        }

        FOLD.isThePlainFold(process);
    }
}
