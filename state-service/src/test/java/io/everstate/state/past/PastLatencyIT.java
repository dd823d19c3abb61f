package io.everstate.state.past;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.log.LogRecord;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Prints how long it takes to see one of 10,000 bots as it was. */
class PastLatencyIT {
    private static final Logger LOG = Logger.getLogger(PastLatencyIT.class);
    private static final int BOTS = 10_000;
    private static final int PARTITIONS = 12;
    private static final int TRADES = 5;
    private static final int WARM_UP = 30;
    private static final int QUESTIONS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The goal is 100 ms; tests run beside others. */
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(2);

    private final Random random = new Random(7);

    @Test
    void aBotIsSeenAsItWasInTime() {
        try (var log = TestLog.fresh(PARTITIONS);
                var process = ServiceProcess.of("state-service")
                        .configuration(TestDatabase.empty().configuration(log))
                        .start()) {
            var api = new StateApi(process);
            var owner = new Owner(1);
            var bots = IntStream.range(0, BOTS).mapToObj(_ -> Owner.newBot()).toList();
            IntStream.range(0, PARTITIONS).forEach(partition -> log.write(partition, List.of(owner.claim())));
            write(log, bots, bot -> List.of(owner.created(bot), owner.started(bot)));
            write(log, bots, bot -> trades(owner, bot, 3));
            awaitFolded(api);
            snapshot(process);
            write(log, bots, bot -> trades(owner, bot, 3 + TRADES));
            awaitFolded(api);

            measure("behind the snapshot, by sequence", api, bots, "?sequence=" + (4 + TRADES));
            measure("behind the snapshot, by time", api, bots, "?at=2026-01-01T00:00:09Z");
            measure("before the snapshot, from the log's start", api, bots, "?sequence=4");
        }
    }

    private interface Records {
        List<LogRecord> of(BotId bot);
    }

    private static void write(TestLog log, List<BotId> bots, Records records) {
        var byPartition = IntStream.range(0, PARTITIONS)
                .<List<LogRecord>>mapToObj(_ -> new ArrayList<>())
                .toList();
        bots.forEach(bot -> byPartition.get(log.partitionOf(bot)).addAll(records.of(bot)));
        IntStream.range(0, PARTITIONS).forEach(partition -> log.write(partition, byPartition.get(partition)));
    }

    private static List<LogRecord> trades(Owner owner, BotId bot, long first) {
        return IntStream.range(0, TRADES)
                .<LogRecord>mapToObj(count -> owner.trade(bot, first + count))
                .toList();
    }

    private static void awaitFolded(StateApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
    }

    private static void snapshot(ServiceProcess process) {
        given().auth()
                .oauth2(TestIdentity.shared().token("operator"))
                .contentType("application/json")
                .body("{\"kind\":\"FULL\"}")
                .post(process.url().resolve("/api/v1/snapshots"))
                .then()
                .statusCode(201);
    }

    private void measure(String what, StateApi api, List<BotId> bots, String moment) {
        var millis = IntStream.range(0, WARM_UP + QUESTIONS)
                .mapToLong(_ -> {
                    var bot = bots.get(random.nextInt(bots.size()));
                    var begin = System.nanoTime();
                    api.get("/api/v1/bots/" + bot + moment).statusCode(200);
                    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
                })
                .skip(WARM_UP)
                .sorted()
                .toArray();
        LOG.infof(
                "one of %d bots %s: p50 %d ms, p99 %d ms, max %d ms",
                BOTS, what, millis[QUESTIONS / 2], millis[QUESTIONS * 99 / 100], millis[QUESTIONS - 1]);
        assertThat(millis[QUESTIONS / 2]).isLessThan(BUSY_MACHINE.toMillis());
    }
}
