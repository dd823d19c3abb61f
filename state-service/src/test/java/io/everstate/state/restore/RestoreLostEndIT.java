package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of a bot whose log lost its end, what its owner has is not what is kept here: a restore says what comes first. */
class RestoreLostEndIT {
    private static final String SKIP = "{\"reason\":\"the log lost its end\"}";

    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    /** Known up to trade 5, and its owner, which runs it, has trade 3. */
    private void loseTheEnd() {
        var entries = new ArrayList<LogRecord>(List.of(OWNER.claim()));
        entries.addAll(scene.traded(bot, 3));
        log.write(0, entries);
        try (var process = scene.service()) {
            scene.folded(new StateApi(process));
        }
        log.makeAnew();
        log.write(0, entries.subList(0, 4));
    }

    private StateRestoreView restored(StateApi api, boolean dryRun) {
        return RestoreScene.ended(
                api, RestoreScene.begun(api, "{\"bot\":\"%s\",\"sequence\":3,\"dryRun\":%s}".formatted(bot, dryRun)));
    }

    @Test
    void itIsRefusedWithWhatComesFirstAndThenDone() {
        loseTheEnd();
        try (var process = scene.service()) {
            var api = new StateApi(process);
            await().atMost(RestoreScene.PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items.bot", contains(bot.toString())));

            for (var dryRun : List.of(true, false)) {
                var restore = restored(api, dryRun);
                assertThat(restore.status()).isEqualTo(StateRestoreView.Status.FAILED);
                assertThat(RestoreScene.bots(api, restore)).singleElement().satisfies(part -> {
                    assertThat(part.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(part.reason()).contains("stop it, then POST /api/v1/parked/" + bot + "/skip");
                });
            }
            assertThat(scene.owner.stand.asked()).isEmpty();

            var skip = "/api/v1/parked/" + bot + "/skip";
            api.post(skip, SKIP).statusCode(409).body("detail", containsString("RUNNING"));
            log.write(0, List.of(OWNER.record(bot, 4, new BotStopped(StopReason.COMMAND))));
            api.post(skip, SKIP).statusCode(200).body("way", equalTo("RESTORED"));
            await().atMost(RestoreScene.PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items", empty()));
            assertThat(scene.now(bot).portfolio().recentTrades()).hasSize(3);

            assertThat(restored(api, false).status()).isEqualTo(StateRestoreView.Status.COMPLETED);
            assertThat(scene.now(bot).portfolio().recentTrades()).hasSize(1);
        }
    }
}
