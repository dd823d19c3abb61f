package io.everstate.state.healing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of a bot are missing, and its owner has them. */
class GapHealingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);

    private static final String GAP = "items.find { it.kind == 'GAP' }.";

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);
    private final BotId bot = log.newBot(0);

    private ServiceProcess service(BotServiceStand owners) {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.peers.bot-service", owners.url())
                .set("everstate.healing.ask-every", "1s")
                .set("everstate.healing.attempts", "2")
                .start();
    }

    private @Nullable Problem saves(Asked asked) {
        var known = requireNonNull(log.foldedBots().get(bot));
        log.write(0, List.of(OWNER.record(bot, 10, new CheckpointTaken("force-save", known))));
        return null;
    }

    @Test
    void theOwnerIsAskedUntilItsCheckpointHasMadeTheGapGood() {
        try (var owners = new BotServiceStand(_ -> BotServiceStand.refused(ProblemType.UNAVAILABLE, "away"));
                var process = service(owners)) {
            var api = new StateApi(process);
            // what stands in the log before that is no news
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/partitions/0").statusCode(200));

            log.write(0, List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 9)));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(owners.asked()).hasSizeGreaterThan(2));
            api.get("/api/v1/validations")
                    .statusCode(200)
                    .body(GAP + "bot", equalTo(bot.toString()))
                    .body(GAP + "offset", equalTo(3))
                    .body(GAP + "healed", nullValue());
            assertThat(api.metric("everstate_findings_total{kind=\"gap\"")).isEqualTo(1);

            owners.answering(this::saves);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/validations").body(GAP + "healed", notNullValue()));
            api.get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(10));
            assertThat(owners.asked()).extracting(Asked::path).containsOnly("/api/v1/bots/" + bot + "/force-save");
            assertThat(api.bots()).containsExactlyElementsOf(log.foldedBots().values());
        }
    }

    @Test
    void aGapThatIsGivenUpSaysSo() {
        try (var owners = new BotServiceStand(_ -> BotServiceStand.refused(ProblemType.CONFLICT, "it is parked"));
                var process = service(owners)) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/partitions/0").statusCode(200));

            log.write(0, List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 9)));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/validations")
                            .body(
                                    GAP + "findings.last()",
                                    endsWith("; asked for no longer: bot-service answers 409: it is parked"))
                            .body(GAP + "healed", nullValue()));
            assertThat(owners.asked()).hasSize(2);
            assertThat(process.log())
                    .content()
                    .contains("its owner is asked for a checkpoint no longer: bot-service answers 409: it is parked");

            saves(owners.asked().getFirst());

            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/validations").body(GAP + "healed", notNullValue()));
        }
    }

    /** The database was dropped: what the log shows is written again, nobody is told and no owner is asked. */
    @Test
    void aRebuildSaysNothingToAnybody() {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 9)));
        log.write(0, List.of(new Owner(5).trade(bot, 3)));
        saves(new Asked("", null, null, ""));

        try (var owners = new BotServiceStand(_ -> null);
                var process = service(owners)) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());

            api.get("/api/v1/validations").body("items.kind", hasItem("GAP")).body("items.kind", hasItem("FENCED"));
            assertThat(api.metric("everstate_findings_total")).isZero();
            assertThat(process.log()).content().doesNotContain("does not follow event");

            log.write(0, List.of(new Owner(6).trade(bot, 3)));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(api.metric("everstate_findings_total")).isEqualTo(1));
            assertThat(owners.asked()).isEmpty();
        }
    }
}
