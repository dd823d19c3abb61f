package io.everstate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.platform.testkit.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases as they were left by versions that were shipped, with a row of every kind: each is brought up to date by the service's start
 * and answered from. A file that was shipped is never changed; a new form gets one of its own, named by its last migration.
 */
@Tag("PT10")
class GoldenDatabaseIT {
    private static final String BOT = "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c1";
    private static final String RESTORE = "/api/v1/restores/019a9b53-8000-7000-8000-000000000001";
    private static final String REBUILD = "/api/v1/rebuilds/019a9b53-9000-7000-8000-000000000001";
    private static final String SNAPSHOT = "/api/v1/snapshots/019a9b53-7000-7000-8000-00000000000";

    private static byte[] golden(String name) throws IOException {
        try (var stored = GoldenDatabaseIT.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(stored, name).readAllBytes();
        }
    }

    private static TestDatabase left(String version) throws IOException {
        var database = TestDatabase.empty().migratedTo(version);
        var rows = new String(golden("database/" + version + ".sql"), StandardCharsets.UTF_8);
        database.transactions().write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(rows);
            }
        });
        return database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "17", "25", "31", "33"})
    void isAnsweredFrom(String version) throws IOException {
        try (var process = ServiceProcess.of("state-service")
                .configuration(left(version).configuration("there-is-no-such-topic"))
                .set("everstate.snapshot-retention.every", "24h")
                .start()) {
            var api = new StateApi(process);

            assertThat(api.bots()).isEqualTo(states());
            assertThat(api.trades(BotId.of(BOT + "1"))).containsExactly(3L, 4L);
            api.get("/api/v1/bots/" + BOT + "3/trades?after=4")
                    .body("items.leg", contains(1, 2, 3))
                    .body("items.symbol", contains("BTC/USD", "ETH/BTC", "ETH/USD"));
            api.get("/api/v1/parked")
                    .body("items.bot", contains(BOT + "2"))
                    .body("items.offset", contains(40))
                    .body("items.passedOver", contains(11));
            api.get("/api/v1/validations")
                    .body(
                            "items.findAll { it.kind in ['UNATTRIBUTABLE', 'GAP'] }.kind",
                            contains("UNATTRIBUTABLE", "GAP"))
                    .body("items.findAll { it.kind == 'GAP' }.healed", contains("2026-11-19T09:32:00Z"))
                    .body("items.kind", hasItem("SNAPSHOT"));
            api.get("/api/v1/metrics-history?hours=2").body("points.profit", hasItem("12.34567891"));
            api.get("/api/v1/metrics-history?hours=2&resolution=minute").body("points.memory", hasItem(1000));
            await().untilAsserted(() -> api.get("/api/v1/system-state")
                    .body("bots", equalTo(3))
                    .body("serverRestarts", equalTo(1)) // counted beside the start
                    .body("restarts", equalTo(2)));
            snapshotsAreWhatTheyWere(api);
            if (!version.equals("11")) {
                restoresAndRebuildsAreWhatTheyWere(api);
            }
            if (version.equals("31")) {
                whatAPersonSettledIsOver(api);
            }
        }
    }

    private static void whatAPersonSettledIsOver(StateApi api) {
        api.get("/api/v1/validations")
                .body("items.findAll { it.kind == 'LOST_END' }.healed", contains("2026-11-19T10:00:00Z"))
                .body("items.findAll { it.kind == 'LOST_END' }.settled.by", contains("ann"))
                .body(
                        "items.findAll { it.kind == 'LOST_END' }.settled.reason",
                        contains("the trade was entered by hand"));
    }

    private static void restoresAndRebuildsAreWhatTheyWere(StateApi api) {
        api.get(RESTORE)
                .statusCode(200)
                .body("status", equalTo("PARTLY"))
                .body("request.restart", equalTo(true))
                .body("rung", equalTo("LOG"))
                .body("findings", contains("one sentence", "another one"))
                .body("took", equalTo(2500))
                .body("resumed", equalTo(1))
                .body("secondsLost", equalTo(3));
        api.get(RESTORE + "/bots")
                .body("items.bot", contains(BOT + "3"))
                .body("items.outcome", contains("RESTORED"))
                .body("items[0].changed[0].field", equalTo("portfolio.symbols.BTC/USD.trades"));
        api.get("/api/v1/restores")
                .body("items.findAll { it.startedAt == '2026-11-22T11:00:00Z' }.kind", contains("START"));
        api.get(REBUILD)
                .statusCode(200)
                .body("status", equalTo("CONFIRMED"))
                .body("differences", equalTo(1))
                .body("accepted", equalTo("it was wrong before"));
        api.get(REBUILD + "/differences")
                .body("items.bot", contains(BOT + "3"))
                .body("items[0].rebuiltSequence", equalTo(6));
        // until the first look at all bots the row is as it was left
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> api.get("/api/v1/components?kind=BOT")
                        .body("items.find { it.id == '%s2' }.reason".formatted(BOT), containsString("not followed")));
    }

    private static List<BotState> states() throws IOException {
        try (var unpacked = new GZIPInputStream(
                GoldenDatabaseIT.class.getResourceAsStream("/golden/content/1/content.ndjson.gz"))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> TestJson.format().read(line.getBytes(StandardCharsets.UTF_8), BotState.class))
                    .toList();
        }
    }

    private static void snapshotsAreWhatTheyWere(StateApi api) throws IOException {
        api.get("/api/v1/snapshots")
                .body(
                        "items.findAll { it.takenAt <= '2026-11-22T11:05:00Z' }.kind",
                        contains("INCREMENTAL", "FULL", "FULL"))
                .body("items.valid", everyItem(equalTo(true)));
        for (var number = 1; number <= 3; number++) {
            api.post(SNAPSHOT + number + "/validation", "")
                    .statusCode(200)
                    .body("valid", equalTo(true))
                    .body("findings", hasSize(0));
        }
        assertThat(api.get(SNAPSHOT + "1/content").extract().asByteArray())
                .isEqualTo(golden("content/1/content.ndjson.gz"));
        assertThat(api.get(SNAPSHOT + "3/content").extract().asByteArray())
                .isEqualTo(golden("content/2/content.ndjson.zst"));
    }
}
