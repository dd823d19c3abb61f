package io.everstate.state.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Backlog;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.format.StoredState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes that fold the log a second time, while owners write. */
class RebuildIT {
    private static final int PARTITIONS = 4;
    private static final int BOTS = 5;
    private static final int TRADES = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestLog log = TestLog.fresh(PARTITIONS);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess.Builder service(String instance) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.instance-id", instance)
                .set("everstate.projection.max-records", 100)
                .set("everstate.rebuild.max-records", 100)
                .set("everstate.rebuild.look-every", "200ms")
                .set("everstate.rebuild.lease", "3s");
    }

    private void caughtUp(StateApi api) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
    }

    private void exactlyAs(StateApi api, List<Backlog> written) {
        caughtUp(api);
        assertThat(api.bots())
                .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
        written.forEach(backlog -> backlog.trades()
                .forEach((bot, trades) -> assertThat(api.trades(bot)).isEqualTo(trades)));
    }

    private CompletableFuture<Backlog> writing(long seed) {
        return CompletableFuture.supplyAsync(() -> Backlog.write(log, seed, BOTS, TRADES));
    }

    private long count(String query) {
        return database.transactions().read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(query)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void execute(String... statements) {
        database.transactions().write(connection -> {
            for (var sql : statements) {
                try (var statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
            return 0;
        });
    }

    private long schemas(String suffix) {
        return count("select count(*) from pg_namespace where nspname = 'public_" + suffix + "'");
    }

    /** Somebody who asks for one bot's trades again and again, and must always get all of them. */
    private static final class Readers {
        private final AtomicBoolean going = new AtomicBoolean(true);
        private final CompletableFuture<Long> reading;

        Readers(StateApi api, BotId bot) {
            var expected = api.trades(bot);
            // a thread of its own has the class loader of the test, which a common pool's has not
            reading = CompletableFuture.supplyAsync(
                    () -> {
                        var asked = 0L;
                        for (; going.get(); asked++) {
                            assertThat(api.trades(bot)).isEqualTo(expected);
                        }
                        return asked;
                    },
                    work -> Thread.ofVirtual().start(work));
        }

        void end() {
            going.set(false);
            assertThat(reading.join()).isPositive();
        }
    }

    /** Every batch counts once, across the switch and across the way back. */
    @Test
    @Tag("SF11")
    void takesThePlaceOfTheFirstWhileOwnersWriteAndGivesItBack() {
        var before = Backlog.write(log, 1, BOTS, TRADES);
        try (var process = service("one").start()) {
            var api = new StateApi(process);
            var rebuilds = new RebuildApi(process);
            caughtUp(api);
            var snapshot = api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}")
                    .statusCode(201)
                    .extract()
                    .as(SnapshotView.class);
            var during = writing(2);
            var readers = new Readers(api, before.trades().keySet().iterator().next());

            var id = rebuilds.switched();

            readers.end();
            var after = writing(3);
            rebuilds.post("", "{\"reason\":\"a second one\"}").statusCode(409).body("detail", containsString(id));
            exactlyAs(api, List.of(before, during.join(), after.join()));
            api.get("/api/v1/snapshots/" + snapshot.id()).statusCode(200).body("valid", equalTo(true));
            assertThat(schemas("previous")).isOne();

            var more = writing(4);
            rebuilds.post("/" + id + "/rollback", "{}").statusCode(202);
            rebuilds.awaitStatus(id, "ROLLED_BACK");

            exactlyAs(api, List.of(before, during.join(), after.join(), more.join()));
            assertThat(schemas("previous") + schemas("next")).isZero();
            api.post("/api/v1/snapshots", "{\"kind\":\"INCREMENTAL\"}")
                    .statusCode(201)
                    .body("valid", equalTo(true));
        }
    }

    @Test
    void keepsTheFirstUntilAnAdminConfirms() {
        var backlog = Backlog.write(log, 1, 1, 10);
        try (var process = service("one").start()) {
            var api = new StateApi(process);
            var rebuilds = new RebuildApi(process);
            caughtUp(api);
            var id = rebuilds.switched();
            process.restart();
            assertThat(schemas("previous")).isOne();

            rebuilds.post("/" + id + "/confirm", "{}").statusCode(403);
            rebuilds.asAdmin("/" + id + "/confirm", "{}").statusCode(200).body("status", equalTo("CONFIRMED"));

            assertThat(schemas("previous")).isZero();
            rebuilds.post("/" + id + "/rollback", "{}").statusCode(409);
            exactlyAs(api, List.of(backlog));
            rebuilds.switched();
            exactlyAs(api, List.of(backlog));
        }
    }

    @Test
    void saysWhichBotsDifferAndSwitchesOnlyWhenAnAdminAcceptsThat() {
        var backlog = Backlog.write(log, 1, 2, 10);
        var bots = List.copyOf(backlog.trades().keySet());
        try (var process = service("one").start()) {
            var api = new StateApi(process);
            var rebuilds = new RebuildApi(process);
            caughtUp(api);
            damage(bots);

            var id = rebuilds.begin();
            assertThat(rebuilds.awaitStatus(id, "COMPARED").differences()).isEqualTo(3);
            rebuilds.get("/" + id + "/differences")
                    .statusCode(200)
                    .body("items", hasSize(3))
                    .body(
                            "items.bot",
                            containsInAnyOrder(
                                    bots.get(0).toString(),
                                    bots.get(1).toString(),
                                    bots.get(2).toString()))
                    .body("items.find { it.bot == '" + bots.get(0) + "' }.what", equalTo("state"))
                    .body("items.find { it.bot == '" + bots.get(1) + "' }.what", equalTo("number of trades"))
                    .body("items.find { it.bot == '" + bots.get(2) + "' }.what", containsString("only in the rebuilt"));

            rebuilds.post("/" + id + "/switch", "{}").statusCode(409).body("detail", containsString("3 bots differ"));
            var accepting = "{\"acceptDifferences\":true,\"reason\":\"the first one was damaged\"}";
            rebuilds.post("/" + id + "/switch", accepting).statusCode(403);
            rebuilds.asAdmin("/" + id + "/switch", "{\"acceptDifferences\":true}")
                    .statusCode(400);
            rebuilds.asAdmin("/" + id + "/switch", accepting).statusCode(202);
            rebuilds.awaitStatus(id, "SWITCHED");

            exactlyAs(api, List.of(backlog));
            assertThat(process.log()).content().contains("ada accepts the differences of rebuild " + id);
        }
    }

    /** Replaces a piece of the states' texts, which are stored as the first versions did then. */
    private void rewrite(String where, String what, String by) {
        database.transactions().write(connection -> {
            try (var select = connection.prepareStatement("select bot, state, older from bots where " + where);
                    var update = connection.prepareStatement("update bots set state = ? where bot = ?");
                    var rows = select.executeQuery()) {
                while (rows.next()) {
                    var text = new String(StoredState.of(rows).text(), StandardCharsets.UTF_8);
                    update.setBytes(1, text.replace(what, by).getBytes(StandardCharsets.UTF_8));
                    update.setLong(2, rows.getLong("bot"));
                    update.executeUpdate();
                }
            }
            return 0;
        });
    }

    private void damage(List<BotId> bots) {
        var first = "(select bot from bots where id = '%s')";
        rewrite("id = '%s'".formatted(bots.get(0)), "\"test\"", "\"tesT\"");
        execute(
                "delete from trades where sequence = 5 and bot = " + first.formatted(bots.get(1)),
                "delete from trades where bot = " + first.formatted(bots.get(2)),
                "delete from bots where id = '%s'".formatted(bots.get(2)));
    }

    /** What an earlier version wrote may have another text. */
    @Test
    void aStateWithAnotherTextIsNoDifference() {
        var backlog = Backlog.write(log, 1, 1, 10);
        try (var process = service("one").start()) {
            caughtUp(new StateApi(process));
            rewrite("true", "\"sequence\":", " \"sequence\" : ");

            new RebuildApi(process).switched();

            exactlyAs(new StateApi(process), List.of(backlog));
        }
    }

    @Test
    void killedInTheMiddleItIsGoneOnWithAndTheFirstIsAsItWas() {
        var backlog = Backlog.write(log, 1, BOTS, TRADES);
        try (var process = service("one").start()) {
            var api = new StateApi(process);
            var rebuilds = new RebuildApi(process);
            caughtUp(api);
            var total = count("select sum(next_offset) from partition_offsets");
            var id = rebuilds.begin();
            await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> schemas("next") == 1);
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> count("select coalesce(sum(next_offset), 0) from public_next.partition_offsets") > 0);
            process.kill();
            var folded = count("select sum(next_offset) from public_next.partition_offsets");
            assertThat(folded).as("killed in the middle").isLessThan(total);
            assertThat(count("select sum(next_offset) from partition_offsets")).isEqualTo(total);

            process.restart();
            exactlyAs(api, List.of(backlog));
            assertThat(rebuilds.awaitStatus(id, "COMPARED").differences()).isZero();
            rebuilds.post("/" + id + "/switch", "{}").statusCode(202);
            rebuilds.awaitStatus(id, "SWITCHED");

            exactlyAs(api, List.of(backlog));
        }
    }

    @Test
    void anotherReplicaGoesOnWhenTheOneThatWorkedIsKilled() {
        var backlog = Backlog.write(log, 1, BOTS, TRADES);
        try (var one = service("one").start();
                var other = service("two").start()) {
            caughtUp(new StateApi(other));
            var id = new RebuildApi(other).begin();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> count("select count(*) from leases where name = 'rebuild'") == 1);
            var worker =
                    count("select count(*) from leases where name = 'rebuild' and owner = 'one'") == 1 ? one : other;
            var survivor = new RebuildApi(worker == one ? other : one);

            worker.kill();

            assertThat(survivor.awaitStatus(id, "COMPARED").differences()).isZero();
            survivor.post("/" + id + "/switch", "{}").statusCode(202);
            survivor.awaitStatus(id, "SWITCHED");
            exactlyAs(new StateApi(survivor.process()), List.of(backlog));
        }
    }

    @Test
    void cancelledItLeavesNothing() {
        Backlog.write(log, 1, BOTS, TRADES);
        try (var process = service("one").start()) {
            var rebuilds = new RebuildApi(process);
            caughtUp(new StateApi(process));
            var id = rebuilds.begin();
            await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> schemas("next") == 1);

            rebuilds.post("/" + id + "/cancel", "{}").statusCode(200).body("status", equalTo("CANCELLED"));

            assertThat(schemas("next")).isZero();
            var again = rebuilds.begin();
            assertThat(rebuilds.awaitStatus(again, "COMPARED").differences()).isZero();
            rebuilds.get("").body("status", hasItem("CANCELLED"));
        }
    }

    /** What is parked is parked in the rebuilt one too, and nobody hears of it a second time. */
    @Test
    void isSilentAboutWhatItMeetsAgain() {
        var owner = new Owner(1);
        var hit = log.newBot(0);
        log.write(0, List.of(owner.claim(), owner.created(hit)));
        log.writeStrange(0, owner, hit, 2);
        log.write(0, List.of(owner.trade(hit, 3)));
        try (var process = service("one").start()) {
            var api = new StateApi(process);
            caughtUp(api);
            var parked = api.get("/api/v1/parked").extract().asString();
            var found = api.get("/api/v1/validations").extract().asString();
            var announced = api.metric("everstate_findings_total");

            new RebuildApi(process).switched();

            assertThat(api.get("/api/v1/parked").extract().asString()).isEqualTo(parked);
            assertThat(api.get("/api/v1/validations").extract().asString()).isEqualTo(found);
            assertThat(api.metric("everstate_findings_total")).isEqualTo(announced);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.readiness()).contains(hit.toString()));
        }
    }
}
