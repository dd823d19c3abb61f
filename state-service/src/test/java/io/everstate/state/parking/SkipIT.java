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
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.Problem;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.BotServiceStand;
import io.everstate.state.BotServiceStand.Asked;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A person leaves behind what nobody understands, and the bot's owner writes it into the log. */
class SkipIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);
    private static final String REASON = "{\"reason\":\"taken back\"}";

    private record Restore(BotState state) {}

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);
    private final BotId bot = log.newBot(0);

    private ServiceProcess service(BotServiceStand owners) {
        log.write(0, List.of(OWNER.claim(), OWNER.created(bot)));
        log.writeStrange(0, OWNER, bot, 2);
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .set("everstate.peers.bot-service", owners.url())
                .start();
    }

    private void untilParked(StateApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> api.get("/api/v1/parked").body("items.bot", contains(bot.toString())));
    }

    private void followedAgainAt(StateApi api, int sequence) {
        await().atMost(PATIENCE).untilAsserted(() -> api.get("/api/v1/parked").body("items", empty()));
        api.get("/api/v1/bots/" + bot).statusCode(200).body("sequence", equalTo(sequence));
        assertThat(api.bots()).containsExactlyElementsOf(log.foldedBots().values());
    }

    /** An owner of a later version: it follows the bot, and has its whole state. */
    private @Nullable Problem saves(Asked asked) {
        var known = requireNonNull(log.foldedBots().get(bot));
        log.write(0, List.of(OWNER.record(bot, 3, new CheckpointTaken("force-save", known), asked.key())));
        return null;
    }

    /** An owner that does not understand the record either. */
    private @Nullable Problem restores(Asked asked) {
        if (asked.path().endsWith("/force-save")) {
            return BotServiceStand.refused(ProblemType.CONFLICT, "bot is parked");
        }
        var state = TestJson.format()
                .read(asked.body().getBytes(StandardCharsets.UTF_8), Restore.class)
                .state();
        log.write(0, List.of(OWNER.record(bot, 3, new CheckpointTaken("restore", state), asked.key())));
        return null;
    }

    @Test
    void anOwnerThatFollowsTheBotSavesItWhole() {
        try (var owners = new BotServiceStand(this::saves);
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);

            api.post("/api/v1/parked/" + bot + "/skip", REASON)
                    .statusCode(200)
                    .body("way", equalTo("SAVED"))
                    .body("backup", nullValue())
                    .body("knownTo", equalTo(1));

            followedAgainAt(api, 3);
            assertThat(owners.changes()).isEmpty();
            assertThat(owners.asked()).singleElement().satisfies(asked -> {
                assertThat(asked.path()).isEqualTo("/api/v1/bots/" + bot + "/force-save");
                assertThat(asked.authorization()).startsWith("Bearer ");
            });
            assertThat(process.log())
                    .content()
                    .contains("skips the record of bot " + bot)
                    .contains("taken back");
        }
    }

    @Test
    void whereTheOwnerDoesNotEitherTheBotGoesBackToWhatIsKnown() {
        try (var owners = new BotServiceStand(this::restores);
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);

            api.post("/api/v1/parked/" + bot + "/skip", REASON).statusCode(200).body("way", equalTo("RESTORED"));

            followedAgainAt(api, 3);
        }
    }

    /** The connection broke before the first answer came, and the bot is followed again when it is asked once more. */
    @Test
    void aRepetitionOfASaveIsAnsweredTheSame() {
        repeatedAfter(this::saves, "SAVED");
    }

    @Test
    void aRepetitionOfATakingBackIsAnsweredTheSame() {
        repeatedAfter(this::restores, "RESTORED");
    }

    private void repeatedAfter(Function<Asked, @Nullable Problem> answer, String way) {
        try (var owners = new BotServiceStand(answer);
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);
            var path = "/api/v1/parked/" + bot + "/skip";
            api.post(path, REASON, "once").statusCode(200).body("way", equalTo(way));
            followedAgainAt(api, 3);
            var asked = owners.asked().size();

            api.post(path, REASON, "once")
                    .statusCode(200)
                    .body("way", equalTo(way))
                    .body("knownTo", nullValue());

            api.post(path, REASON, "another").statusCode(404);
            api.post(path, REASON, "x".repeat(201)).statusCode(400);
            assertThat(owners.asked()).hasSize(asked);
        }
    }

    @Test
    void aBotIsTakenBackBehindABackupOnly() {
        try (var owners = new BotServiceStand(this::restores);
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);

            owners.backingNothingUp("the storage is away");
            api.post("/api/v1/parked/" + bot + "/skip", REASON)
                    .statusCode(503)
                    .body("detail", containsString("the storage is away"));
            assertThat(owners.asked()).extracting(Asked::path).doesNotContain("/api/v1/bots/" + bot + "/restore");
            api.get("/api/v1/parked").body("items.bot", contains(bot.toString()));

            owners.backingUp("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a77");
            api.post("/api/v1/parked/" + bot + "/skip", REASON)
                    .statusCode(200)
                    .body("way", equalTo("RESTORED"))
                    .body("backup", containsString("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a77"));
            assertThat(owners.changes())
                    .last()
                    .satisfies(asked -> assertThat(asked.body())
                            .contains("bot %s is taken back to its event 1".formatted(bot), "operator"));
            followedAgainAt(api, 3);
        }
    }

    @Test
    void aBotThatIsFollowedAgainBehindTheBackupIsNotTakenBack() {
        try (var owners = new BotServiceStand(this::restores);
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);
            owners.whileBackingUp(() -> {
                var known = requireNonNull(log.foldedBots().get(bot));
                log.write(0, List.of(OWNER.record(bot, 3, new CheckpointTaken("force-save", known))));
                followedAgainAt(api, 3);
            });

            api.post("/api/v1/parked/" + bot + "/skip", REASON).statusCode(404);

            assertThat(owners.asked()).extracting(Asked::path).doesNotContain("/api/v1/bots/" + bot + "/restore");
            followedAgainAt(api, 3);
        }
    }

    @Test
    void withoutAReasonOrAnOwnerNothingHappens() {
        try (var owners = new BotServiceStand(_ -> BotServiceStand.refused(ProblemType.UNAVAILABLE, "away"));
                var process = service(owners)) {
            var api = new StateApi(process);
            untilParked(api);

            for (var body : List.of("{}", "{\"reason\":\" \"}")) {
                api.post("/api/v1/parked/" + bot + "/skip", body)
                        .statusCode(400)
                        .body("violations.field", contains("reason"));
            }
            assertThat(owners.asked()).isEmpty();
            api.post("/api/v1/parked/" + bot + "/skip", REASON).statusCode(503).body("detail", containsString("away"));
            api.post("/api/v1/parked/" + Owner.newBot() + "/skip", REASON).statusCode(404);
            api.get("/api/v1/parked").body("items.bot", contains(bot.toString()));
        }
    }
}
