package io.everstate.state.parking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of a later version, in a log that a whole process folds. */
class ParkedBotsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(2);
    private final BotId hit = log.newBot(0);
    private final BotId spared = log.newBot(0);

    private ServiceProcess.Builder service(String instance) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.projection.instance-id", instance);
    }

    private void writeStrangeRecord() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(hit), OWNER.created(spared)));
        log.writeStrange(0, OWNER, hit, 2);
        log.write(0, List.of(OWNER.started(spared), OWNER.trade(hit, 3), OWNER.trade(spared, 3)));
    }

    private void exactlyAsTheFold(StateApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
        assertThat(api.bots())
                .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
    }

    @Test
    void oneBotIsParkedAndSaidEverywhereAndTheOthersGoOn() {
        writeStrangeRecord();

        try (var process = service("one").start()) {
            var api = new StateApi(process);

            exactlyAsTheFold(api);
            assertThat(api.trades(spared)).containsExactly(3L);
            assertThat(api.trades(hit)).isEmpty();
            assertThat(api.readinessStatus()).isEqualTo(200);
            assertThat(api.readiness()).contains("parked", hit.toString());
            api.get("/api/v1/parked")
                    .statusCode(200)
                    .body("items.bot", contains(hit.toString()))
                    .body("items.offset", contains(3))
                    .body("items.type", contains(TestLog.STRANGE_TYPE))
                    .body("items.knownTo", contains(1))
                    .body("items.passedOver", contains(3))
                    .body("next", nullValue());
            api.get("/api/v1/bots/" + hit)
                    .statusCode(200)
                    .body("sequence", equalTo(1))
                    .body("parked.offset", equalTo(3));
            api.get("/api/v1/bots/" + spared).statusCode(200).body("parked", nullValue());
            assertThat(api.metric("everstate_projection_parked_bots")).isEqualTo(1);
        }
    }

    /** An owner may understand what is not understood here, and must not begin behind it. */
    @Test
    void anOwnerIsSentToTheLogWhileABotIsParked() {
        writeStrangeRecord();

        try (var process = service("one").start()) {
            var api = new StateApi(process);
            exactlyAsTheFold(api);

            api.get("/api/v1/partitions/0")
                    .statusCode(409)
                    .body("type", equalTo("urn:everstate:problem:conflict"))
                    .body("detail", containsString("read it from the log"));

            var known = log.foldedBots().get(hit);
            log.write(0, List.of(OWNER.record(hit, 9, new CheckpointTaken("restored", requireNonNull(known)))));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/partitions/0").statusCode(200));
            api.get("/api/v1/parked").body("items", empty());
            exactlyAsTheFold(api);
        }
    }

    @Test
    void aBotStaysParkedAtTheNextReplicaAndAfterARestart() {
        writeStrangeRecord();
        try (var process = service("one").start()) {
            exactlyAsTheFold(new StateApi(process));
            process.kill();
        }

        try (var process = service("two").start()) {
            var api = new StateApi(process);
            log.write(0, List.of(OWNER.trade(hit, 4), OWNER.trade(spared, 4)));

            exactlyAsTheFold(api);
            assertThat(api.readiness()).contains("parked", hit.toString());
            api.get("/api/v1/parked").body("items.passedOver", contains(4));
        }
    }

    @Test
    void aBotWhoseFirstRecordIsNotUnderstoodIsParkedWithoutAState() {
        log.write(0, List.of(OWNER.claim()));
        log.writeStrange(0, OWNER, hit, 1);

        try (var process = service("one").start()) {
            var api = new StateApi(process);
            exactlyAsTheFold(api);

            api.get("/api/v1/parked").body("items.knownTo", contains(0));
            api.get("/api/v1/bots/" + hit).statusCode(404).body("detail", containsString("parked at its first record"));
        }
    }
}
