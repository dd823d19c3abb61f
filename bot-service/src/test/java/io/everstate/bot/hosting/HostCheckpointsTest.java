package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.HostedFleet.BOT;
import static io.everstate.bot.hosting.HostedFleet.OTHER;
import static io.everstate.bot.hosting.HostedFleet.TAPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local files of the bots that run here and their checkpoints in the log: written in time, used when the log lost its end. */
class HostCheckpointsTest {
    @AutoClose
    private final HostedFleet fleet;

    HostCheckpointsTest(@TempDir Path directory) {
        fleet = new HostedFleet(directory);
    }

    @Test
    @Tag("PT2")
    void theNewestStateReachesTheFiles() {
        fleet.log.assign(SampleBots.created(BOT));
        fleet.execute(new StartBot());
        fleet.awaitTrades(5);

        fleet.execute(new StopBot(StopReason.COMMAND));

        await().untilAsserted(() -> assertThat(fleet.store.newest(BOT)).contains(fleet.state(BOT)));
    }

    @Test
    @Tag("PT2")
    void whatCountedWhileNobodyOwnedReachesTheFilesWithTheOwnership() {
        var state = SampleBots.traded(BOT, 4);

        fleet.log.assign(SampleBots.then(state, new BotStopped(StopReason.COMMAND)));

        await().untilAsserted(() -> assertThat(fleet.store.newest(BOT)).contains(fleet.state(BOT)));
    }

    @Test
    void aBotThatTheLogLostGoesOnFromItsFile() throws IOException {
        var file = SampleBots.traded(BOT, 40);
        fleet.store.save(file);

        fleet.log.assign();

        await().until(() -> fleet.log.ownerships().find(BOT).isPresent());
        fleet.awaitTrades(43);
        assertThat(fleet.state(BOT).sequence()).isGreaterThan(file.sequence() + 3);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    /** This replica has no file of it, as one that never had the bot, or whose disk is gone. */
    @Test
    void aBotOfWhichOnlyStateServiceKnowsTheEndGoesOnFromThat() {
        var known = SampleBots.traded(BOT, 40);
        fleet.lost(known);

        fleet.log.assign(SampleBots.traded(BOT, 10));

        fleet.awaitTrades(43);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
        assertThat(fleet.checkpoints()).singleElement().satisfies(event -> {
            assertThat(event.sequence()).isGreaterThan(known.sequence() + Takeovers.HEALED_AHEAD);
            assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(known);
        });
    }

    @Test
    void ofAFileAndStateServiceTheNewerOneCounts() throws IOException {
        var file = SampleBots.traded(BOT, 20);
        var known = SampleBots.traded(BOT, 30);
        fleet.store.save(file);
        fleet.lost(known);

        fleet.log.assign(SampleBots.traded(BOT, 10));

        fleet.awaitTrades(33);
        assertThat(fleet.checkpoints())
                .singleElement()
                .satisfies(event ->
                        assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(known));
    }

    @Test
    void whatStateServiceKnowsAndTheLogHasTooIsNotUsed() {
        var known = SampleBots.traded(BOT, 4);
        fleet.lost(known);

        fleet.log.assign(known);

        fleet.awaitTrades(6);
        assertThat(fleet.checkpoints()).isEmpty();
    }

    /** An owner that took it over while nobody answered went on from what the log has; that was acknowledged. */
    @Test
    void whatCountedBehindAnEndThatTheLogLostIsNotTakenBack() {
        var known = SampleBots.traded(BOT, 40);
        var since = SampleBots.then(
                SampleBots.traded(BOT, 10),
                new TradeExecuted(SampleBots.purchase(10)),
                known.updatedAt().plusSeconds(1));
        fleet.lost(known);

        fleet.log.assign(since);

        fleet.awaitTrades(13);
        assertThat(fleet.checkpoints()).isEmpty();
        assertThat(fleet.state(BOT).sequence()).isLessThan(Takeovers.HEALED_AHEAD);
    }

    /** Before, both the old state and the healed one were restarted. */
    @Test
    void aBotThatTheLogKnowsOnlyInPartGoesOnFromItsFileOnce() throws IOException {
        var file = SampleBots.traded(BOT, 40);
        fleet.store.save(file);

        fleet.log.assign(SampleBots.traded(BOT, 10));

        fleet.awaitTrades(43);
        assertThat(fleet.state(BOT).lifecycle().restarts()).isEqualTo(1);
        assertThat(fleet.checkpoints()).singleElement().satisfies(event -> {
            assertThat(event.sequence())
                    .as("above what may have been acknowledged after the file was written")
                    .isGreaterThan(file.sequence() + Takeovers.HEALED_AHEAD);
            assertThat(((CheckpointTaken) event.event()).state()).isEqualTo(file);
        });
    }

    /** Before, a file that was newer than the list of the takeover was taken for a lost end of the log. */
    @Test
    @Tag("SF5")
    void whatCountsWhileTheTakeoverWaitsIsNotTakenBack() throws IOException {
        var manual = SampleBots.created(BOT, SampleBots.configuration(RestartPolicy.MANUAL, null));
        var busy = fleet.occupyTheHost();
        fleet.store.save(SampleBots.then(manual, new BotStarted())); // what the start below will write, read too early
        fleet.log.assign(manual, fleet.state(OTHER));

        fleet.execute(new StartBot());
        await().untilAsserted(() -> assertThat(fleet.store.newest(BOT)).contains(fleet.state(BOT)));
        busy.countDown();

        fleet.awaitTrades(3);
        assertThat(fleet.checkpoints()).isEmpty();
        assertThat(fleet.state(BOT).lifecycle().restarts()).isZero();
    }

    @Test
    void aFileThatIsOlderThanTheLogIsNotUsed() throws IOException {
        fleet.store.save(SampleBots.created(BOT));
        var known = SampleBots.traded(BOT, 4);

        fleet.log.assign(known);

        fleet.awaitTrades(6);
        assertThat(fleet.checkpoints()).isEmpty();
    }

    /** Before, one foreign directory kept every bot from being resumed. */
    @Test
    void whatElseLiesAmongTheFilesKeepsNobodyFromRunning() throws IOException {
        Files.createDirectory(fleet.directory.resolve("lost+found"));

        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));

        fleet.awaitTrades(1);
    }

    @Test
    @Tag("PT2")
    void everyRunningBotIsSavedIntoTheLogOnDemand() {
        fleet.log.assign(SampleBots.running(BOT, RestartPolicy.RESUME), SampleBots.created(OTHER));
        fleet.awaitTrades(1);

        fleet.host.checkpointAll("periodic").join();

        assertThat(fleet.checkpoints())
                .singleElement()
                .satisfies(event -> assertThat(event.bot()).isEqualTo(BOT));
    }

    @Test
    void aLargeFleetIsSavedSomeAtATime() {
        fleet.trade(new QuietMarket());
        var bots = IntStream.range(0, BotHost.CHECKPOINTS_AT_ONCE + 16)
                .mapToObj(number -> SampleBots.running(SampleBots.id(number), RestartPolicy.RESUME))
                .toArray(BotState[]::new);
        fleet.log.assign(bots);
        fleet.awaitRunning(bots.length);
        fleet.log.hold();

        var saved = fleet.host.checkpointAll("periodic");

        await().untilAsserted(() -> assertThat(fleet.log.heldCheckpoints()).isPositive());
        assertThat(fleet.log.heldCheckpoints()).isLessThanOrEqualTo(BotHost.CHECKPOINTS_AT_ONCE);
        fleet.log.release();
        saved.join();
        assertThat(fleet.checkpoints()).hasSize(bots.length);
    }

    /** Its price never moves, so nobody trades. */
    private static final class QuietMarket implements MarketFeed {
        @Override
        public Set<String> symbols() {
            return TAPE.symbols();
        }

        @Override
        public Optional<Bar> bar(String symbol, long number) {
            var price = Amount.of(100);
            return Optional.of(new Bar(number, SampleBots.START, price, price, price, price, Amount.ZERO));
        }
    }
}
