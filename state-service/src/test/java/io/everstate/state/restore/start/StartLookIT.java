package io.everstate.state.restore.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Kind;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.restassured.common.mapper.TypeRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service starts on what is there, says what is wrong with it, and goes on. */
class StartLookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);

    private record Pages<T>(List<T> items) {}

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(2);
    private final BotId bot = log.newBot(0);

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .start();
    }

    private static List<StateRestoreView> starts(StateApi api) {
        return api.get("/api/v1/restores")
                .statusCode(200)
                .extract()
                .as(new TypeRef<Pages<StateRestoreView>>() {})
                .items();
    }

    private static StateRestoreView newest(StateApi api, int starts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(starts(api)).hasSize(starts));
        return starts(api).getFirst();
    }

    private void update(String statement) {
        database.transactions().write(connection -> {
            try (var prepared = connection.prepareStatement(statement)) {
                return prepared.executeUpdate();
            }
        });
    }

    @Test
    @Tag("EC1")
    @Tag("EC2")
    @Tag("EC8")
    void whatIsBrokenIsSaidOnceWrittenDownAndGoneOnFrom() {
        var quiet = log.newBot(0);
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3)));
        log.write(0, List.of(OWNER.created(quiet)));
        log.write(1, List.of(OWNER.claim()));
        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
            var first = newest(api, 1);
            assertThat(first.kind()).isEqualTo(Kind.START);
            assertThat(first.status()).as("%s", first).isEqualTo(Status.COMPLETED);
            assertThat(first.findings()).contains("there is no snapshot yet");

            process.kill();
            update("update bots set trades = 7");
            update("update partition_offsets set next_offset = next_offset + 100 where partition = 1");
            log.write(0, List.of(OWNER.trade(bot, 4)));
            process.restart();

            var second = newest(api, 2);
            assertThat(second.status()).as("%s", second).isEqualTo(Status.PARTLY);
            assertThat(second.bots()).isEqualTo(2);
            assertThat(second.findings())
                    .anyMatch(finding -> finding.contains("partition 1 of the log ends at 1, and was folded up to 101"))
                    .anyMatch(
                            finding -> finding.contains("bot " + quiet + ": the column trades differs from the state"))
                    .anyMatch(finding -> finding.contains("2 bots were looked at"));
            assertThat(process.log())
                    .content()
                    .containsOnlyOnce("found at the start, PARTLY")
                    .containsSubsequence(
                            "found at the start, COMPLETED", "folding partitions [", "found at the start, PARTLY");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.bots())
                            .containsExactlyInAnyOrderElementsOf(
                                    log.foldedBots().values()));
        }
    }

    @Test
    @Tag("EC10")
    void aDamagedNewestSnapshotIsPassedOverForTheOneBefore() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
            newest(api, 1);
            api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}").statusCode(201);
            api.post("/api/v1/snapshots", "{\"kind\":\"FULL\"}").statusCode(201);

            process.kill();
            update("update system_state_snapshots set content = set_byte(content, 12, 255 - get_byte(content, 12))"
                    + " where snapshot = (select max(snapshot) from system_state_snapshots)");
            process.restart();

            var start = newest(api, 2);
            assertThat(start.status()).as("%s", start).isEqualTo(Status.PARTLY);
            assertThat(start.findings())
                    .anyMatch(finding -> finding.contains("is not valid"))
                    .anyMatch(finding -> finding.contains("the newest that is valid is"));
        }
    }
}
