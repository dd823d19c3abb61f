package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.bot.checkpoint.CheckpointStore;
import io.everstate.bot.checkpoint.CheckpointWriter;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.SampleJson;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.PauseBot;
import io.everstate.contracts.bot.BotCommand.ResumeBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.contracts.bot.BotEvent.BotNotReturned;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CheckpointTaken;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.ReturnedAfterPause;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bots of one partition on a log in memory, with real files and a fast tape. */
class BotHostTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final BotId OTHER = SampleBots.id(2);
    private static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), true);

    @TempDir
    Path directory;

    private final SteppingClock clock = new SteppingClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile MarketFeed market = TAPE;
    private volatile @Nullable CountDownLatch gate;
    private volatile boolean waiting;
    private CheckpointStore store;
    private CheckpointWriter writer;
    private LoopbackLog log;
    private BotHost host;

    @BeforeEach
    void begin() {
        store = new CheckpointStore(directory, 5, new SampleJson());
        writer = new CheckpointWriter(store);
        host = new BotHost(
                () -> log.ownerships(),
                new Floor(),
                store,
                writer,
                new FleetMetrics(registry),
                new BotHost.Pace(Duration.ofMillis(1), Duration.ofMillis(100)));
        log = new LoopbackLog(host, clock);
        host.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        log.surrender();
        host.stop();
        await().atMost(Duration.ofMinutes(1)).until(writer::stop);
    }

    @Test
    void aBotThatIsStartedTradesAndOneThatIsStoppedDoesNot() {
        log.assign(SampleBots.created(BOT));

        execute(new StartBot());
        awaitTrades(3);
        execute(new StopBot(StopReason.COMMAND));

        var trades = trades();
        awaitRunning(0);
        assertThat(trades()).isEqualTo(trades);
    }

    @Test
    @Tag("SF6")
    @Tag("PT4")
    void aBotWhoseOwnerWasLostIsResumed() {
        log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));

        awaitTrades(3);

        assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    @Tag("SF5")
    void aBotWhoseOwnerWasLostIsMarkedStopped() {
        log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));

        await().untilAsserted(() -> {
            assertThat(state(BOT).lifecycle().status()).isEqualTo(BotStatus.STOPPED);
            assertThat(state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART);
            assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
        });
        assertThat(trades()).isZero();
    }

    @Test
    @Tag("SF5")
    void aManualBotThatIsHandedOverGoesOn() {
        log.handOver(SampleBots.running(BOT, RestartPolicy.MANUAL));

        awaitTrades(3);
        assertThat(state(BOT).lifecycle().restarts()).isZero();
    }

    /** What this process did not come to, an owner since has done. */
    @Test
    @Tag("SF5")
    void aTakeoverThatWasInterruptedIsOwedNoMoreOnceAnotherOwnerHandsOver() {
        log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        occupyTheHost(busy);
        var ran = SampleBots.running(BOT, RestartPolicy.MANUAL);
        log.assign(ran, state(OTHER));
        log.surrender();
        var stopped = SampleBots.then(ran, new BotStopped(StopReason.RESTART));
        log.handOver(SampleBots.then(stopped, new BotStarted()));
        busy.countDown();

        awaitTrades(3);
        assertThat(state(BOT).lifecycle().restarts()).as("by the owner since").isEqualTo(1);
    }

    /** Before, the second ownership of the process took the bot for one that it had been running. */
    @Test
    @Tag("SF5")
    void aManualBotDoesNotRunWhenItsStopWasLostOnTheWay() {
        log.failNextEvent();
        log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL));
        await().until(() -> !log.ownerships().owns(BOT));

        log.claimAgain();

        await().untilAsserted(
                        () -> assertThat(state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(trades()).isZero();
        assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    void aShortOutageOfTheLogIsNoRestart() {
        log.assign(SampleBots.created(BOT));
        execute(new StartBot());
        awaitTrades(3);

        log.fail(true);
        await().until(() -> !log.ownerships().owns(BOT));
        log.fail(false);
        log.claimAgain();

        var before = trades();
        awaitTrades(before + 3);
        assertThat(state(BOT).lifecycle().restarts()).isZero();
    }

    @Test
    @Tag("PT7")
    void aBotInEmergencyStopIsNotResumed() {
        var stopped = SampleBots.then(
                SampleBots.running(BOT, RestartPolicy.RESUME), new EmergencyStopped("too much lost", Amount.of("0.3")));

        log.assign(stopped, SampleBots.running(OTHER, RestartPolicy.RESUME));

        awaitRunning(1);
        assertThat(state(BOT)).isEqualTo(stopped);
    }

    @Test
    @Tag("PT13")
    void whenThePartitionIsLostItsRunsEnd() {
        log.assign(SampleBots.created(BOT));
        execute(new StartBot());
        awaitTrades(1);

        log.surrender();

        awaitRunning(0);
    }

    @Test
    @Tag("PT2")
    void theNewestStateReachesTheFiles() {
        log.assign(SampleBots.created(BOT));
        execute(new StartBot());
        awaitTrades(5);

        execute(new StopBot(StopReason.COMMAND));

        await().untilAsserted(() -> assertThat(store.newest(BOT)).contains(state(BOT)));
    }

    @Test
    @Tag("PT2")
    void whatCountedWhileNobodyOwnedReachesTheFilesWithTheOwnership() {
        var state = SampleBots.traded(BOT, 4);

        log.assign(SampleBots.then(state, new BotStopped(StopReason.COMMAND)));

        await().untilAsserted(() -> assertThat(store.newest(BOT)).contains(state(BOT)));
    }

    @Test
    void aBotThatTheLogLostGoesOnFromItsFile() throws IOException {
        var file = SampleBots.traded(BOT, 40);
        store.save(file);

        log.assign();

        await().until(() -> log.ownerships().find(BOT).isPresent());
        awaitTrades(43);
        assertThat(state(BOT).sequence()).isGreaterThan(file.sequence() + 3);
        assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    /** Before, both the old state and the healed one were restarted. */
    @Test
    void aBotThatTheLogKnowsOnlyInPartGoesOnFromItsFileOnce() throws IOException {
        var file = SampleBots.traded(BOT, 40);
        store.save(file);

        log.assign(SampleBots.traded(BOT, 10));

        awaitTrades(43);
        assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
        assertThat(checkpoints()).singleElement().satisfies(event -> {
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
        log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        occupyTheHost(busy);
        store.save(SampleBots.then(manual, new BotStarted())); // what the start below will write, read too early
        log.assign(manual, state(OTHER));

        execute(new StartBot());
        await().untilAsserted(() -> assertThat(store.newest(BOT)).contains(state(BOT)));
        busy.countDown();

        awaitTrades(3);
        assertThat(checkpoints()).isEmpty();
        assertThat(state(BOT).lifecycle().restarts()).isZero();
    }

    /** Before, the second claim of the process took the bot for one that it had been running. */
    @Test
    @Tag("SF5")
    void aTakeoverThatWasInterruptedIsStillOwed() {
        log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        occupyTheHost(busy);
        log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), state(OTHER));
        log.failNextEvent();
        var _ = log.ownerships().submit(OTHER, new StopBot(StopReason.COMMAND), null, Duration.ofSeconds(5));
        await().until(() -> !log.ownerships().owns(BOT));

        log.claimAgain();
        busy.countDown();

        await().untilAsserted(
                        () -> assertThat(state(BOT).lifecycle().stopReason()).isEqualTo(StopReason.RESTART));
        assertThat(state(BOT).portfolio().trades()).isZero();
    }

    @Test
    @Tag("SF5")
    void whatWasStartedAgainBeforeTheTakeoverIsNotStopped() {
        log.assign(SampleBots.created(OTHER));
        var busy = new CountDownLatch(1);
        occupyTheHost(busy);
        log.assign(SampleBots.running(BOT, RestartPolicy.MANUAL), state(OTHER));

        execute(new StopBot(StopReason.COMMAND));
        execute(new StartBot());
        busy.countDown();

        awaitTrades(3);
        assertThat(state(BOT).lifecycle().restarts()).isZero();
    }

    /** Its one thread makes the other bot's runner, for as long as that takes. */
    private void occupyTheHost(CountDownLatch busy) {
        gate = busy;
        log.ownerships().execute(OTHER, new StartBot(), null);
        await().until(() -> waiting);
        gate = null;
    }

    @Test
    void aFileThatIsOlderThanTheLogIsNotUsed() throws IOException {
        store.save(SampleBots.created(BOT));
        var known = SampleBots.traded(BOT, 4);

        log.assign(known);

        awaitTrades(6);
        assertThat(checkpoints()).isEmpty();
    }

    /** Before, one foreign directory kept every bot from being resumed. */
    @Test
    void whatElseLiesAmongTheFilesKeepsNobodyFromRunning() throws IOException {
        Files.createDirectory(directory.resolve("lost+found"));

        log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));

        awaitTrades(1);
    }

    @Test
    void aBotThatCannotRunHereKeepsNoOtherFromRunning() {
        var strange = new BotConfiguration(
                "strange",
                "of-a-later-version",
                List.of(SampleBots.SYMBOL),
                Amount.of(1),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
        var cannot = SampleBots.then(SampleBots.created(OTHER, strange), new BotStarted());

        log.assign(cannot, SampleBots.running(BOT, RestartPolicy.RESUME));

        awaitTrades(1);
        await().untilAsserted(() -> assertThat(notReturned(OTHER))
                .hasValueSatisfying(why -> assertThat(why).contains("of-a-later-version")));
        awaitTrades(trades() + 3);
        assertThat(events(BotNotReturned.class)).as("said once").hasSize(1);
    }

    @Test
    @Tag("SF14")
    void aBotThatComesBackAfterAllIsMissedNoMore() {
        market = new ClosedMarket();
        log.assign(SampleBots.running(BOT, RestartPolicy.RESUME));
        await().untilAsserted(
                        () -> assertThat(notReturned(BOT)).contains("sample: there is no market \"BTC/USD\", only []"));

        market = TAPE;

        awaitTrades(3);
        await().untilAsserted(() -> assertThat(notReturned(BOT)).isEmpty());
        assertThat(events(BotNotReturned.class)).hasSize(1);
        assertThat(state(BOT).lifecycle().restarts()).isEqualTo(1);
    }

    @Test
    @Tag("PT8")
    void aBotThatWasAwayForDaysIsValuedAtPresentPricesBeforeItTrades() {
        var before = SampleBots.traded(BOT, 4);
        clock.advance(Duration.ofDays(3));

        log.assign(before);

        awaitTrades(6);
        var returned = events(ReturnedAfterPause.class);
        assertThat(returned).singleElement().satisfies(event -> {
            assertThat(event.since()).isEqualTo(before.updatedAt());
            assertThat(event.valueBefore()).isEqualTo(before.portfolio().totalValue());
            var price = TAPE.bar(SampleBots.SYMBOL, 4).orElseThrow().open();
            assertThat(event.symbols())
                    .hasValueSatisfying(
                            new Condition<>(symbol -> symbol.priceNow().equals(price), "at the next bar's opening"));
        });
        assertThat(state(BOT).lifecycle().absenceSince()).isEmpty();
        assertThat(log.records().stream()
                        .filter(BotEventRecorded.class::isInstance)
                        .map(entry ->
                                ((BotEventRecorded) entry).event().getClass().getSimpleName())
                        .limit(3))
                .containsExactly("BotRestarted", "ReturnedAfterPause", "TradeExecuted");
    }

    @Test
    @Tag("PT8")
    void aBotThatIsResumedAfterAnHourIsValuedToo() {
        log.assign(SampleBots.created(BOT));
        execute(new StartBot());
        awaitTrades(2);
        execute(new PauseBot());
        clock.advance(Duration.ofHours(1));

        execute(new ResumeBot());

        awaitTrades(trades() + 2);
        assertThat(events(ReturnedAfterPause.class)).hasSize(1);
    }

    @Test
    void aBotThatRunsElsewhereIsNeitherRunNorRestartedHere() {
        var elsewhere = SampleBots.runningElsewhere(OTHER);

        log.assign(elsewhere, SampleBots.running(BOT, RestartPolicy.RESUME));

        awaitTrades(3);
        awaitRunning(1);
        assertThat(state(OTHER)).isEqualTo(elsewhere);
    }

    @Test
    @Tag("PT2")
    void everyRunningBotIsSavedIntoTheLogOnDemand() {
        log.assign(SampleBots.running(BOT, RestartPolicy.RESUME), SampleBots.created(OTHER));
        awaitTrades(1);

        host.checkpointAll("periodic").join();

        assertThat(checkpoints())
                .singleElement()
                .satisfies(event -> assertThat(event.bot()).isEqualTo(BOT));
    }

    @Test
    void aLargeFleetIsSavedSomeAtATime() {
        market = new QuietMarket();
        var fleet = IntStream.range(0, BotHost.CHECKPOINTS_AT_ONCE + 16)
                .mapToObj(number -> SampleBots.running(SampleBots.id(number), RestartPolicy.RESUME))
                .toArray(BotState[]::new);
        log.assign(fleet);
        awaitRunning(fleet.length);
        log.hold();

        var saved = host.checkpointAll("periodic");

        await().untilAsserted(() -> assertThat(log.heldCheckpoints()).isPositive());
        assertThat(log.heldCheckpoints()).isLessThanOrEqualTo(BotHost.CHECKPOINTS_AT_ONCE);
        log.release();
        saved.join();
        assertThat(checkpoints()).hasSize(fleet.length);
    }

    private final class Floor implements TradingFloor {
        @Override
        public BotRunner runner(BotState state) {
            var closed = gate;
            if (closed != null) {
                waiting = true;
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return floor().runner(state);
        }

        @Override
        public Optional<Map<String, Amount>> prices(BotState state) {
            return floor().prices(state);
        }

        private MarketFloor floor() {
            return new MarketFloor(log::ownerships, market, new MarketWindows(market), new StrategyCatalogue());
        }
    }

    private void execute(BotCommand command) {
        log.ownerships().execute(BOT, command, null);
    }

    private BotState state(BotId bot) {
        return log.ownerships().find(bot).orElseThrow();
    }

    private long trades() {
        return state(BOT).portfolio().trades();
    }

    private void awaitTrades(long atLeast) {
        await().untilAsserted(() -> assertThat(trades()).isGreaterThanOrEqualTo(atLeast));
    }

    private void awaitRunning(int bots) {
        await().untilAsserted(() -> assertThat(
                        registry.get("everstate.bots.running").gauge().value())
                .isEqualTo(bots));
    }

    private Optional<String> notReturned(BotId bot) {
        return Optional.ofNullable(state(bot).lifecycle().absence())
                .map(Absence::notReturned)
                .map(Absence.NotReturned::reason);
    }

    private <T extends BotEvent> List<T> events(Class<T> type) {
        return log.records().stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(entry -> ((BotEventRecorded) entry).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private List<BotEventRecorded> checkpoints() {
        return log.records().stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(BotEventRecorded.class::cast)
                .filter(entry -> entry.event() instanceof CheckpointTaken)
                .toList();
    }

    private static final class ClosedMarket implements MarketFeed {
        @Override
        public Set<String> symbols() {
            return Set.of();
        }

        @Override
        public Optional<Bar> bar(String symbol, long number) {
            throw new IllegalArgumentException("the market is closed");
        }
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
