package io.everstate.state.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.LogRecord;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.BotServiceStand;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import io.everstate.state.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logs that are not any more what was folded of them. */
class LostLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner OWNER = new Owner(1);
    private static final long AHEAD = 1_000_000;

    private final TestDatabase database = TestDatabase.empty();
    private final TestLog log = TestLog.fresh(1);
    private final BotId bot = log.newBot(0);
    private final BotId spared = log.newBot(0);
    private final List<LogRecord> entries = List.of(
            OWNER.claim(),
            OWNER.created(bot),
            OWNER.created(spared),
            OWNER.started(bot),
            OWNER.trade(bot, 3),
            OWNER.trade(bot, 4),
            OWNER.trade(bot, 5));

    private ServiceProcess service() {
        return ServiceProcess.of("state-service")
                .configuration(database.configuration(log))
                .start();
    }

    /** Folds all entries, and returns what was known then. */
    private BotState folded() {
        log.write(0, entries);
        try (var process = service()) {
            var api = new StateApi(process);
            caughtUp(api);
            return api.bots().stream()
                    .filter(state -> state.id().equals(bot))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void caughtUp(StateApi api) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(api.systemState().lag()).isZero());
    }

    @Test
    void aTopicThatWasRestoredWhollyIsGoneOnWith() {
        folded();
        log.makeAnew();
        log.write(0, entries);
        log.write(0, List.of(OWNER.trade(bot, 6)));

        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L, 4L, 5L, 6L));

            assertThat(api.bots())
                    .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
            api.get("/api/v1/parked").body("items", empty());
            api.get("/api/v1/partitions/0").statusCode(200);
            api.get("/api/v1/validations")
                    .body("items.kind", hasItem("LOG_ANEW"))
                    .body("items.kind", not(hasItem("LOST_END")));
        }
    }

    @Test
    @Tag("SF13")
    void whatALogHasLostIsSaidKeptAndHealedByACheckpointAboveIt() {
        var known = folded();
        log.makeAnew();
        log.write(0, entries.subList(0, 5));

        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items.bot", contains(bot.toString())));
            api.get("/api/v1/parked").body("items.knownTo", contains(5)).body("items.passedOver", contains(5));
            api.get("/api/v1/validations").body("items.kind", hasItems("LOST_END", "LOG_ANEW"));
            await().untilAsserted(() -> assertThat(process.log())
                    .content()
                    .contains("1 bots have lost 2 events")
                    .contains("bot " + bot + ": the log ends at its event 3, 2 events up to 5 were folded before"));
            assertThat(api.bots()).contains(known).hasSize(2);
            assertThat(api.readinessStatus()).isEqualTo(200);
            api.get("/api/v1/partitions/0").statusCode(409);

            // the owner goes on with what the log has, until it learns of the newer state
            var owner = new Owner(2);
            log.write(0, List.of(owner.claim(), owner.trade(bot, 4)));
            caughtUp(api);
            assertThat(api.bots()).contains(known);
            log.write(0, List.of(owner.record(bot, known.sequence() + AHEAD, new CheckpointTaken("lost", known))));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items", empty()));
            assertThat(api.bots())
                    .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
            api.get("/api/v1/validations").body("items.find { it.kind == 'LOST_END' }.healed", notNullValue());
        }
    }

    @Test
    void aLogThatEndsBeforeWhatWasFoldedIsFoldedFromItsStart() {
        folded();
        var standing = log.records(0).size() + 3;
        database.transactions().write(connection -> {
            try (var statement =
                    connection.prepareStatement("update partition_offsets set next_offset = " + standing)) {
                return statement.executeUpdate();
            }
        });

        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/validations")
                            .body("items.kind", hasItem("LOG_ANEW"))
                            .body("items.kind", not(hasItem("LOST_END"))));
            log.write(0, List.of(OWNER.trade(bot, 6)));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L, 4L, 5L, 6L));
            assertThat(requireNonNull(log.foldedBots().get(bot))).isIn(api.bots());
        }
    }

    @Test
    void anEmptyTopicLosesNothingThatIsKnown() {
        var known = folded();
        log.makeAnew();

        try (var process = service()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            api.get("/api/v1/parked").body("items.bot", hasItems(bot.toString(), spared.toString())));

            assertThat(api.bots()).contains(known).hasSize(2);
        }
    }

    /** The owner has no file of the bot: what is known here is the newest there is. */
    @Test
    void aPersonHasTheOwnerGoOnFromWhatIsKnownHere() {
        var known = folded();
        log.makeAnew();
        log.write(0, entries.subList(0, 5));

        try (var owners = new BotServiceStand(asked -> {
                    var state = TestJson.format()
                            .read(asked.body().getBytes(StandardCharsets.UTF_8), Restore.class)
                            .state();
                    log.write(
                            0,
                            List.of(OWNER.record(bot, state.sequence() + AHEAD, new CheckpointTaken("lost", state))));
                    return null;
                });
                var process = ServiceProcess.of("state-service")
                        .configuration(database.configuration(log))
                        .set("everstate.peers.bot-service", owners.url())
                        .start()) {
            var api = new StateApi(process);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items.bot", contains(bot.toString())));
            api.post("/api/v1/parked/" + bot + "/resume", "").statusCode(409);

            api.post("/api/v1/parked/" + bot + "/skip", "{\"reason\":\"the log lost its end\"}")
                    .statusCode(200)
                    .body("way", equalTo("RESTORED"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items", empty()));
            assertThat(owners.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.path()).isEqualTo("/api/v1/bots/" + bot + "/restore"));
            assertThat(api.bots())
                    .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
            assertThat(requireNonNull(log.foldedBots().get(bot)).portfolio()).isEqualTo(known.portfolio());
        }
    }

    private record Restore(BotState state) {}
}
