package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.BotServiceStand;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody holds the lock without which no transaction of a partition is stored, and what is in the log is read all the same. One service; each
 * test has a partition of its own.
 */
class ReadAheadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So long a question waits in vain; when the lock is free again the transaction is there long before. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** How long the first wait of a question takes that waits twice. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    private static final int PARTITIONS = 5;
    private static final AtomicInteger USED = new AtomicInteger();
    private static final TestLog LOG = TestLog.fresh(PARTITIONS);
    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static final BotServiceStand OWNERS = new BotServiceStand(_ -> null);
    private static ServiceProcess process;
    private static StateApi api;

    private final Owner owner = new Owner(1);
    private final int partition = USED.getAndIncrement();
    private final BotId bot = LOG.newBot(partition);

    @BeforeAll
    static void start() {
        process = ServiceProcess.of("state-service")
                .configuration(DATABASE.configuration(LOG))
                .set("everstate.query.await-deadline", DEADLINE.toSeconds() + "s")
                .set("everstate.peers.bot-service", OWNERS.url())
                .start();
        api = new StateApi(process);
    }

    @AfterAll
    static void stop() {
        process.close();
        OWNERS.close();
        LOG.close();
    }

    @BeforeEach
    void aBotIsStored() {
        write(owner.claim(), owner.created(bot), owner.started(bot));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(storedSequence()).isEqualTo(2));
    }

    private void write(LogRecord... records) {
        LOG.write(partition, List.of(records));
    }

    private long storedSequence() {
        return DATABASE.transactions().read(connection -> {
            try (var statement = connection.prepareStatement("select sequence from bots where id = ?")) {
                statement.setObject(1, bot.value());
                try (var row = statement.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0L;
                }
            }
        });
    }

    /** Held until it is closed; PostgreSQL gives it free with its connection. */
    private Connection lockOfThePartition() throws SQLException {
        var connection = DATABASE.connections().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "select next_offset from partition_offsets where partition = %d for update".formatted(partition));
        }
        return connection;
    }

    @Test
    void anEventIsReadBeforeItIsStored() throws Exception {
        try (var _ = lockOfThePartition()) {
            write(owner.trade(bot, 3));

            api.get("/api/v1/bots/" + bot + "?atLeast=3")
                    .statusCode(200)
                    .body("sequence", equalTo(3))
                    .body("portfolio.trades", equalTo(1))
                    .body("parked", nullValue());
            write(owner.trade(bot, 4));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> api.get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(4)));
            api.get("/api/v1/bots/" + bot + "/view").statusCode(200);
            api.get("/api/v1/bots/" + bot + "?sequence=2").statusCode(200).body("sequence", equalTo(2));
            assertUntoldYet(
                    "/api/v1/bots/" + bot + "?sequence=4",
                    "/api/v1/bots/" + bot + "?at=" + Instant.now(),
                    "/api/v1/bots/" + shownBot() + "/trades",
                    "/api/v1/bots/" + shownBot() + "/events");
            assertThat(storedSequence()).as("while the lock is held").isEqualTo(2);
        }

        api.get("/api/v1/bots/" + bot + "?sequence=4").statusCode(200).body("sequence", equalTo(4));
        api.get("/api/v1/bots/" + bot + "/trades?atLeast=4").statusCode(200).body("items.size()", equalTo(2));
        assertThat(storedSequence()).isEqualTo(4);
    }

    /** One that nothing is stored of. */
    private BotId shownBot() {
        var shown = LOG.newBot(partition);
        write(owner.created(shown));
        api.get("/api/v1/bots/" + shown + "?atLeast=1").statusCode(200);
        return shown;
    }

    private void assertUntoldYet(String... questions) throws Exception {
        assertUntoldYet(Stream.of(questions).<Callable<ValidatableResponse>>map(question -> () -> api.get(question)));
    }

    /** All at once, for each waits for as long as it may. */
    private static void assertUntoldYet(Stream<Callable<ValidatableResponse>> questions) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(questions.toList())) {
                answer.get().statusCode(503).header("Retry-After", notNullValue());
            }
        }
    }

    private static ValidatableResponse skip(BotId parked) {
        return api.post("/api/v1/parked/" + parked + "/skip", "{\"reason\":\"a test\"}");
    }

    private static ValidatableResponse restore(BotId shown) {
        return RestAssured.given()
                .auth()
                .oauth2(TestIdentity.shared().token("admin"))
                .contentType("application/json")
                .body("{\"bot\":\"%s\",\"sequence\":1,\"dryRun\":true}".formatted(shown))
                .post(process.url().resolve("/api/v1/restores"))
                .then();
    }

    /** Its second record is not understood. */
    @Test
    void whoActsOnABotThatWasShownWaitsForItsRow() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ValidatableResponse>> waiting;
            try (var _ = lockOfThePartition()) {
                var shown = shownBot();
                LOG.writeStrange(partition, owner, shown, 2);
                assertUntoldYet(Stream.of(() -> skip(shown), () -> restore(shown)));
                assertThat(OWNERS.asked()).isEmpty();
                waiting = List.of(threads.submit(() -> skip(shown)), threads.submit(() -> restore(shown)));
            }

            waiting.get(0).get().statusCode(200).body("way", equalTo("SAVED"));
            waiting.get(1).get().statusCode(202);
        }
    }

    /** What is not stored of it yet says nothing of its being parked. */
    @Test
    void whoActsOnABotThatIsNotParkedIsToldAtOnce() throws Exception {
        try (var _ = lockOfThePartition()) {
            write(owner.trade(bot, 3));
            api.get("/api/v1/bots/" + bot + "?atLeast=3").statusCode(200);

            skip(bot).statusCode(404);
            api.post("/api/v1/parked/" + bot + "/resume", "").statusCode(404);
        }
    }

    /** For the row of one event, which comes, and for that of a later one that was shown, which does not. */
    @Test
    void whoWaitsTwiceForOneQuestionHasOneDeadline() throws Exception {
        try (var _ = lockOfThePartition()) {
            write(owner.trade(bot, 3), owner.trade(bot, 4));
            api.get("/api/v1/bots/" + bot + "?atLeast=4").statusCode(200);
            var begin = System.nanoTime();
            var comes = CompletableFuture.runAsync(
                    () -> storeSequence(3), CompletableFuture.delayedExecutor(FIRST.toMillis(), TimeUnit.MILLISECONDS));

            api.get("/api/v1/bots/" + bot + "/events?atLeast=3&after=4")
                    .statusCode(503)
                    .body("detail", containsString("event 4 of bot"));

            assertThat(comes).as("what it waited for first").isCompleted();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(FIRST.plus(DEADLINE));
            storeSequence(2);
        }
    }

    /** As if another replica had come so far. */
    private void storeSequence(long sequence) {
        DATABASE.transactions().write(connection -> {
            try (var statement = connection.prepareStatement("update bots set sequence = ? where id = ?")) {
                statement.setLong(1, sequence);
                statement.setObject(2, bot.value());
                return statement.executeUpdate();
            }
        });
    }

    /** It is in the log: what a replica had read is not lost with it. */
    @Test
    void whatWasReadBeforeItWasStoredIsThereWhenTheServiceWasKilled() throws Exception {
        try (var _ = lockOfThePartition()) {
            write(owner.trade(bot, 3));
            api.get("/api/v1/bots/" + bot + "?atLeast=3").statusCode(200);
            process.kill();
            assertThat(storedSequence()).as("when it was killed").isEqualTo(2);
        }

        process.restart();

        api.get("/api/v1/bots/" + bot + "?atLeast=3").statusCode(200).body("sequence", equalTo(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(storedSequence()).isEqualTo(3));
    }
}
