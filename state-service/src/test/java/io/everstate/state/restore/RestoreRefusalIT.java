package io.everstate.state.restore;

import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is refused before anything is written down, or done once. */
class RestoreRefusalIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void botsThatNeedEachOtherInACircleAreRefusedWithTheCircle() {
        var other = log.newBot(0);
        log.write(
                0,
                List.of(
                        OWNER.claim(),
                        OWNER.createdNeeding(bot, List.of(other)),
                        OWNER.createdNeeding(other, List.of(bot))));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);

            RestoreScene.post(api, "{\"at\":\"2026-01-01T00:00:00Z\"}", Map.of())
                    .statusCode(409)
                    .body("detail", containsString(bot + " needs " + other))
                    .body("detail", containsString(other + " needs " + bot));

            api.get("/api/v1/restores").body("items.kind", not(hasItem("RESTORE")));
        }
    }

    @Test
    @Tag("SF12")
    void nothingIsRestoredWithoutABackupThatIsRequired() {
        log.write(0, List.of(OWNER.claim()));
        log.write(0, scene.traded(bot, 2));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var stand = scene.owner.stand;
            stand.backingNothingUp("one is required: the storage does not answer");
            var target = "\"at\":\"2026-01-01T00:00:03Z\",\"restart\":true";

            RestoreScene.post(api, "{%s}".formatted(target), Map.of())
                    .statusCode(503)
                    .body("detail", containsString("one is required: the storage does not answer"));
            api.get("/api/v1/restores").body("items.kind", not(hasItem("RESTORE")));
            assertThat(stand.changes()).hasSize(1);
            RestoreScene.ended(api, RestoreScene.begun(api, "{%s,\"dryRun\":true}".formatted(target)));
            assertThat(stand.changes()).as("a dry run needs none").hasSize(1);
            stand.backingUp("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");

            var restore = RestoreScene.ended(api, RestoreScene.begun(api, "{%s}".formatted(target)));

            assertThat(restore.findings())
                    .contains("backup before 1 bots are restored: 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");
            assertThat(stand.changes())
                    .allSatisfy(asked -> assertThat(asked.body()).contains("1 bots are restored", "admin"));
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsField() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);

            for (var body : List.of(
                    "{}", "{\"snapshot\":\"newest\",\"at\":\"2026-01-01T00:00:00Z\"}", "{\"snapshot\":\"x\"}")) {
                RestoreScene.post(api, body, Map.of()).statusCode(400).body("violations.field", contains("snapshot"));
            }
            RestoreScene.post(api, "{\"sequence\":3}", Map.of())
                    .statusCode(400)
                    .body("violations.field", contains("sequence"));
            RestoreScene.post(api, "{\"snapshot\":\"newest\"}", Map.of())
                    .statusCode(404)
                    .body("detail", containsString("no valid snapshot"));
            RestoreScene.post(api, "{\"at\":\"2026-01-01T00:00:00Z\",\"component\":\"moon\"}", Map.of())
                    .statusCode(404)
                    .body("detail", containsString("component moon"));
            api.post("/api/v1/restores", "{\"at\":\"2026-01-01T00:00:00Z\"}").statusCode(403);
        }
    }

    @Test
    void aKeyMakesARepetitionTheSameRestore() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var key = Map.of("Idempotency-Key", "once");
            var body = "{\"at\":\"2026-01-01T00:00:01Z\",\"dryRun\":true}";

            var first =
                    RestoreScene.post(api, body, key).statusCode(202).extract().as(StateRestoreView.class);
            var again =
                    RestoreScene.post(api, body, key).statusCode(202).extract().as(StateRestoreView.class);

            assertThat(again.id()).isEqualTo(first.id());
            RestoreScene.post(api, "{\"at\":\"2026-01-02T00:00:01Z\",\"dryRun\":true}", key)
                    .statusCode(409);
        }
    }
}
