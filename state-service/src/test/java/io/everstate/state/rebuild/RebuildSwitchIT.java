package io.everstate.state.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.RebuildView;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.platform.testkit.TestIdentity;
import io.everstate.state.Backlog;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import io.everstate.state.format.StoredState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a switch looks at before it, and what it leaves behind it. */
class RebuildSwitchIT {
    private static final String ACCEPTING = "{\"acceptDifferences\":true,\"reason\":\"the first one was damaged\"}";

    private final TestLog log = TestLog.fresh(1);
    private final TestDatabase database = TestDatabase.empty();

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.rebuild.look-every", "200ms")
                .start();
    }

    private List<BotId> folded(StateApi api, int bots) {
        var backlog = Backlog.write(log, 1, bots, 20);
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
        return List.copyOf(backlog.trades().keySet());
    }

    private void execute(String sql) {
        database.transactions().write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private void damage(BotId bot) {
        rewrite(bot.value(), "\"test\"", "\"tesT\"");
    }

    /** Replaces a piece of a state's text, which is stored as the first versions did then. */
    private void rewrite(UUID bot, String what, String by) {
        database.transactions().write(connection -> {
            try (var select = connection.prepareStatement("select state, older from bots where id = ?");
                    var update = connection.prepareStatement("update bots set state = ? where id = ?")) {
                select.setObject(1, bot);
                try (var row = select.executeQuery()) {
                    row.next();
                    var text = new String(StoredState.of(row).text(), StandardCharsets.UTF_8);
                    update.setBytes(1, text.replace(what, by).getBytes(StandardCharsets.UTF_8));
                    update.setObject(2, bot);
                    return update.executeUpdate();
                }
            }
        });
    }

    @Test
    void comparesOnceMoreAndDoesNotSwitchWhenABotDiffersByThen() {
        try (var process = service()) {
            var rebuilds = new RebuildApi(process);
            var bots = folded(new StateApi(process), 1);
            var id = rebuilds.begin();
            assertThat(rebuilds.awaitStatus(id, "COMPARED").differences()).isZero();
            damage(bots.getFirst());

            rebuilds.post("/" + id + "/switch", "{}").statusCode(202);

            requireNotSwitched(rebuilds, id, "not switched: 1 bots differ now, and 1 of them were not accepted");
        }
    }

    @Test
    void whatAnAdminAcceptedIsOfTheBotsThatDifferedThenAndOfNoOthers() {
        try (var process = service()) {
            var rebuilds = new RebuildApi(process);
            var bots = folded(new StateApi(process), 2);
            damage(bots.get(0));
            var id = rebuilds.begin();
            assertThat(rebuilds.awaitStatus(id, "COMPARED").differences()).isOne();
            damage(bots.get(1));

            rebuilds.asAdmin("/" + id + "/switch", ACCEPTING).statusCode(202);

            requireNotSwitched(rebuilds, id, "not switched: 2 bots differ now, and 1 of them were not accepted");
        }
    }

    private static void requireNotSwitched(RebuildApi rebuilds, String id, String note) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(rebuilds.find(id).note()).isEqualTo(note));
        assertThat(rebuilds.find(id).status()).isEqualTo("COMPARED");
    }

    /** One that only the first tables had did not change: an INCREMENTAL snapshot would not say that it is gone. */
    @Test
    void theSnapshotsBehindItHoldNoBotThatOnlyTheFirstTablesHad() {
        try (var process = service()) {
            var api = new StateApi(process);
            var rebuilds = new RebuildApi(process);
            var bots = folded(api, 1);
            var ghost = addGhostOf(bots.getFirst());
            assertThat(snapshot(api).bots()).isEqualTo(bots.size() + 1);
            var id = rebuilds.begin();
            assertThat(rebuilds.awaitStatus(id, "COMPARED").differences()).isOne();
            rebuilds.asAdmin("/" + id + "/switch", ACCEPTING).statusCode(202);
            rebuilds.awaitStatus(id, "SWITCHED");

            var next = snapshot(api);

            assertThat(next.kind()).isEqualTo("FULL");
            assertThat(next.bots()).isEqualTo(bots.size());
            assertThat(next.valid()).isTrue();
            assertThat(snapshot(api).kind()).as("the chain goes on").isEqualTo("INCREMENTAL");
            rebuilds.post("/" + id + "/rollback", "{}").statusCode(202);
            rebuilds.awaitStatus(id, "ROLLED_BACK");
            var back = snapshot(api);
            assertThat(back.kind()).isEqualTo("FULL");
            assertThat(back.bots()).as("with " + ghost).isEqualTo(bots.size() + 1);
        }
    }

    private static SnapshotView snapshot(StateApi api) {
        return api.post("/api/v1/snapshots", "{\"kind\":\"INCREMENTAL\"}")
                .statusCode(201)
                .body("valid", equalTo(true))
                .extract()
                .as(SnapshotView.class);
    }

    private UUID addGhostOf(BotId bot) {
        var ghost = new UUID(1, 1);
        execute("""
                insert into bots (id, partition, sequence, status, emergency, trades, restarts, profit, name, kind, strategy, labels,
                    last_activity, changed, era, state, older, older_at)
                select '%1$s', partition, sequence, status, emergency, trades, restarts, profit, name, kind, strategy, labels,
                    last_activity, changed, era, state, older, older_at
                from bots where id = '%2$s'""".formatted(ghost, bot));
        rewrite(ghost, bot.toString(), ghost.toString());
        return ghost;
    }

    @Test
    void tellsHowFarItIsAsServerSentEventsUntilItWaits() throws IOException, InterruptedException {
        try (var process = service()) {
            folded(new StateApi(process), 1);
            var rebuilds = new RebuildApi(process);
            var id = rebuilds.begin();

            var stream = stream(process, "/api/v1/rebuilds/" + id + "/progress");

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            var last = stream.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .reduce((_, later) -> later)
                    .orElseThrow();
            var view = TestJson.format()
                    .read(last.substring("data:".length()).getBytes(StandardCharsets.UTF_8), RebuildView.class);
            assertThat(view.id()).hasToString(id);
            assertThat(view.status()).isEqualTo("COMPARED");
            assertThat(stream(process, "/api/v1/rebuilds/" + new UUID(0, 1) + "/progress")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private static HttpResponse<String> stream(ServiceProcess process, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(process.url().resolve(path))
                .header("Authorization", "Bearer " + TestIdentity.shared().token("viewer"))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofMinutes(1))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
