package io.everstate.state.restore;

import static io.everstate.state.Owner.now;
import static io.everstate.state.restore.OwnerStandIn.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.state.StateApi;
import io.everstate.state.TestLog;
import io.everstate.state.fold.ParkedBot;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Back to where a bot was parked: what is taken back is only what was known of it, and that is said. */
class RestoreParkedIT {
    private final RestoreScene scene = new RestoreScene();
    private final TestLog log = scene.log;
    private final BotId bot = scene.bot;

    @AfterEach
    void close() {
        scene.close();
    }

    /** Known up to event 3. */
    private void followed(BotId id) {
        log.write(0, List.of(now(OWNER.created(id)), now(OWNER.started(id)), now(OWNER.trade(id, 3))));
    }

    /** At event 4, passed over up to event 5. */
    private void park(BotId id) {
        log.writeStrange(0, OWNER, id, 4);
        log.write(0, List.of(now(OWNER.trade(id, 5))));
    }

    /** By checkpoint 6; stopped by event 8. */
    private void takeUp(BotId id) {
        log.write(
                0,
                List.of(
                        now(OWNER.record(id, 6, new CheckpointTaken("force-save", scene.now(id)))),
                        now(OWNER.trade(id, 7)),
                        now(OWNER.record(id, 8, new BotStopped(StopReason.COMMAND)))));
    }

    private static StateRestoreView restored(StateApi api, String body) {
        return RestoreScene.ended(api, RestoreScene.begun(api, body));
    }

    private void assertThatItIsSaid(StateApi api, StateRestoreView restore) {
        var parts = RestoreScene.bots(api, restore).stream()
                .collect(Collectors.toMap(BotRestoreView::bot, Function.identity()));

        assertThat(restore.failed()).as("%s", restore).isZero();
        assertThat(parts.remove(bot))
                .satisfies(part -> assertThat(part.parked())
                        .startsWith("it was parked then, since 20")
                        .contains(TestLog.STRANGE_TYPE, "up to event 3,", "its events up to 5"));
        assertThat(restore.findings())
                .filteredOn(finding -> finding.contains("parked"))
                .singleElement()
                .asString()
                .startsWith("bot " + bot + ": it was parked then");
        assertThat(parts.values())
                .allSatisfy(other -> assertThat(other.parked()).isNull());
    }

    @Test
    void toATimeOrASnapshotItIsSaidOfTheBotThatWasParkedThen() {
        var other = log.newBot(0);
        log.write(0, List.of(OWNER.claim()));
        followed(bot);
        followed(other);
        park(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            var then = Instant.now();
            takeUp(bot);
            log.write(0, List.of(now(OWNER.record(other, 4, new BotStopped(StopReason.COMMAND)))));
            scene.folded(api);

            assertThatItIsSaid(api, restored(api, "{\"at\":\"%s\",\"dryRun\":true}".formatted(then)));
            assertThatItIsSaid(
                    api, restored(api, "{\"at\":\"%s\",\"bot\":\"%s\",\"dryRun\":true}".formatted(then, bot)));
            assertThatItIsSaid(api, restored(api, "{\"snapshot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id())));
            var restore = restored(api, "{\"at\":\"%s\"}".formatted(then));
            assertThatItIsSaid(api, restore);
            assertThat(RestoreScene.bots(api, restore))
                    .extracting(BotRestoreView::outcome)
                    .contains(Outcome.RESTORED);
        }
    }

    @Test
    void aDamagedSnapshotsStateIsFoldedFromAnOlderOneAtWhichItWasParked() {
        log.write(0, List.of(OWNER.claim()));
        followed(bot);
        park(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var older = RestoreScene.snapshot(api);
            log.write(0, List.of(now(OWNER.trade(log.newBot(0), 1))));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            takeUp(bot);
            scene.folded(api);
            scene.damage(snapshot);

            var restore =
                    restored(api, "{\"snapshot\":\"%s\",\"bot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id(), bot));

            assertThat(restore.rung()).as("%s", restore).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(RestoreScene.bots(api, restore))
                    .singleElement()
                    .satisfies(part -> assertThat(part.snapshot()).isEqualTo(older.id()));
            assertThatItIsSaid(api, restore);
        }
    }

    /** The log, from which the state is folded, does not tell that it was known to have lost its end. */
    @Test
    void aDamagedSnapshotStillSaysThatTheBotsEndWasLostThen() {
        log.write(0, List.of(OWNER.claim()));
        followed(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            RestoreScene.snapshot(api);
            log.write(0, List.of(now(OWNER.trade(bot, 4))));
            scene.folded(api);
            var snapshot = RestoreScene.snapshot(api);
            scene.rememberLost(snapshot, bot, 9);
            log.write(
                    0,
                    List.of(now(OWNER.trade(bot, 5)), now(OWNER.record(bot, 6, new BotStopped(StopReason.COMMAND)))));
            scene.folded(api);
            scene.damage(snapshot);

            var restore =
                    restored(api, "{\"snapshot\":\"%s\",\"bot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id(), bot));

            assertThat(restore.rung()).as("%s", restore).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(RestoreScene.bots(api, restore))
                    .singleElement()
                    .satisfies(part -> assertThat(part.parked())
                            .startsWith("it was parked then")
                            .contains(ParkedBot.LOST_END, "up to event 4,", "its events up to 9"));
        }
    }

    /** An earlier version parked the bot at event 4, and at event 6; this one makes of them what a plain fold does. */
    @Test
    void aDamagedSnapshotsStateHasWhatAnEarlierVersionHadNotUnderstood() {
        log.write(0, List.of(OWNER.claim()));
        followed(bot);
        try (var process = scene.service()) {
            var api = new StateApi(process);
            scene.folded(api);
            var older = RestoreScene.snapshot(api);
            log.write(0, List.of(now(OWNER.trade(bot, 4)), now(OWNER.trade(bot, 5))));
            scene.folded(api);
            scene.rememberParked(older, bot, 4);
            var snapshot = RestoreScene.snapshot(api);
            log.write(
                    0,
                    List.of(
                            now(OWNER.trade(bot, 6)),
                            now(OWNER.trade(bot, 7)),
                            now(OWNER.record(bot, 8, new BotStopped(StopReason.COMMAND)))));
            scene.folded(api);
            scene.rememberParked(snapshot, bot, 6);
            scene.damage(snapshot);

            var restore =
                    restored(api, "{\"snapshot\":\"%s\",\"bot\":\"%s\",\"dryRun\":true}".formatted(snapshot.id(), bot));

            assertThat(restore.rung()).as("%s", restore).isEqualTo(RestoreRung.OLDER_SNAPSHOT);
            assertThat(RestoreScene.bots(api, restore)).singleElement().satisfies(part -> {
                assertThat(part.parked()).isNull();
                assertThat(part.after()).extracting("sequence").isEqualTo(6L);
            });
        }
    }
}
