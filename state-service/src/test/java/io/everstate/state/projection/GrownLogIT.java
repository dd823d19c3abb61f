package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord;
import io.everstate.platform.launcher.PlatformOptions;
import io.everstate.platform.launcher.Ports;
import io.everstate.platform.launcher.ProcessPlatform;
import io.everstate.platform.launcher.Secrets;
import io.everstate.platform.testkit.LogEnd;
import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.Owner;
import io.everstate.state.StateApi;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's disk loses the end of a log, and the log grows beyond the old place: its offsets are as before. On a platform of its own. */
class GrownLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "events";
    private static final Owner OWNER = new Owner(1);

    @TempDir
    Path directory;

    private final BotId bot = Owner.newBot();
    private final BotId spared = Owner.newBot();
    private final Owner next = new Owner(2);

    private ProcessPlatform platform() {
        return ProcessPlatform.start(
                PlatformOptions.in(directory).ports(Ports.free()).secrets(Secrets.generate()));
    }

    private static ServiceProcess service(ProcessPlatform platform, TestLog log) {
        return ServiceProcess.of("state-service")
                .configuration(new TestDatabase(platform.database("state")).configuration(log))
                .start();
    }

    /** Returns what was known then. */
    private BotState folded(TestLog log, StateApi api) {
        // one batch each: the log is cut between batches
        List.of(
                        OWNER.claim(),
                        OWNER.created(bot),
                        OWNER.created(spared),
                        OWNER.started(bot),
                        OWNER.trade(bot, 3),
                        OWNER.trade(bot, 4),
                        OWNER.trade(bot, 5))
                .forEach(entry -> log.write(0, List.of(entry)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L, 4L, 5L));
        return api.bots().stream()
                .filter(state -> state.id().equals(bot))
                .findFirst()
                .orElseThrow();
    }

    /** The bot's trades 4 and 5 are gone, and more than them has been written since. */
    private void loseTheEndAndGrow(ProcessPlatform platform) {
        loseTheEndAndGrow(
                platform, 5, List.of(next.claim(), next.started(spared), next.trade(spared, 3), next.trade(spared, 4)));
    }

    private void loseTheEndAndGrow(ProcessPlatform platform, int left, List<LogRecord> grown) {
        platform.kill();
        LogEnd.cut(directory, TOPIC, 0, left);
        platform.restart();
        try (var log = TestLog.of(platform.kafka(), TOPIC, 1)) {
            assertThat(log.records(0)).as("what the broker has kept").hasSize(left);
            log.write(0, grown);
        }
    }

    private void seesWhatIsLost(TestLog log, StateApi api, BotState known) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> api.get("/api/v1/parked")
                        .body("items.bot", contains(bot.toString()))
                        .body("items.knownTo", contains(5)));
        api.get("/api/v1/validations")
                .body("items.kind", hasItems("LOST_END", "LOG_ANEW"))
                .body("items.findings.flatten()", hasItem(containsString("2 events up to 5 were folded before")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.trades(spared)).containsExactly(3L, 4L));
        assertThat(api.bots()).containsExactlyInAnyOrder(known, log.foldedBots().get(spared));
        api.get("/api/v1/partitions/0/lost-ends")
                .statusCode(200)
                .body("bots.id", contains(bot.toString()))
                .body("knownIn.epoch", equalTo(1));
    }

    @Test
    @Tag("SF13")
    void isSeenWhenNobodyFoldedMeanwhile() {
        try (var platform = platform();
                var log = TestLog.of(platform.kafka(), TOPIC, 1);
                var process = service(platform, log)) {
            var api = new StateApi(process);
            var known = folded(log, api);
            process.kill();

            loseTheEndAndGrow(platform);
            process.restart();

            seesWhatIsLost(log, api, known);
            assertThat(process.log())
                    .content()
                    .contains("it was folded up to offset 7, and ends at 9 with another record at 6");
        }
    }

    @Test
    void isSeenByWhoWasFrozenMeanwhile() {
        try (var platform = platform();
                var log = TestLog.of(platform.kafka(), TOPIC, 1);
                var process = service(platform, log)) {
            var api = new StateApi(process);
            var known = folded(log, api);

            process.suspend();
            loseTheEndAndGrow(platform);
            process.resume();

            seesWhatIsLost(log, api, known);
        }
    }

    /** The log goes on with other events 4 and 5, and has trade 6. */
    @Test
    void theTradesOfABotThatItGoesOnWithAreThoseOfTheLog() {
        try (var platform = platform();
                var log = TestLog.of(platform.kafka(), TOPIC, 1);
                var process = service(platform, log)) {
            var api = new StateApi(process);
            folded(log, api);
            process.kill();

            var stopped = next.record(bot, 4, new BotStopped(StopReason.COMMAND));
            loseTheEndAndGrow(
                    platform,
                    5,
                    List.of(next.claim(), stopped, next.record(bot, 5, new BotStarted()), next.trade(bot, 6)));
            process.restart();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(api.trades(bot)).containsExactly(3L, 6L));
            api.get("/api/v1/validations")
                    .body("items.kind", hasItem("REPLACED"))
                    .body("items.findings.flatten()", hasItem(containsString("of its trades 2 are lost")));
            assertThat(api.bots())
                    .containsExactlyInAnyOrderElementsOf(log.foldedBots().values());
            assertThat(api.systemState().trades()).isEqualTo(2);
        }
    }

    @Test
    void theFindingOfABotThatWasParkedAtARecordThatIsLostIsOver() {
        try (var platform = platform();
                var log = TestLog.of(platform.kafka(), TOPIC, 1);
                var process = service(platform, log)) {
            var api = new StateApi(process);
            folded(log, api);
            log.writeStrange(0, OWNER, bot, 6);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> api.get("/api/v1/parked").body("items.bot", contains(bot.toString())));
            process.kill();

            loseTheEndAndGrow(platform, 7, List.of(next.claim(), next.started(spared), next.trade(spared, 3)));
            process.restart();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(api.trades(spared)).containsExactly(3L));
            api.get("/api/v1/parked").body("items", empty());
            api.get("/api/v1/validations")
                    .body("items.findAll { it.kind == 'PARKED' }.bot", contains(bot.toString()))
                    .body("items.findAll { it.kind == 'PARKED' }.healed", contains(notNullValue()));
        }
    }
}
