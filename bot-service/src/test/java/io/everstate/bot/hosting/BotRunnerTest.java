package io.everstate.bot.hosting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.ownership.LoopbackLog;
import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.ownership.SilentListener;
import io.everstate.bot.sample.HeardMarkets;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.sample.Series;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.ClearEmergency;
import io.everstate.contracts.bot.BotCommand.CreateBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.TakeCheckpoint;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Fill;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bot on the real tape, its events on a log in memory that is read back at once. */
class BotRunnerTest {
    private static final BotId BOT = SampleBots.id(1);
    private static final int BARS = 400;
    private static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), false);
    private static final BotConfiguration PLAIN = SampleBots.configuration(RestartPolicy.RESUME, null);
    private static final List<Fill> NAIVE =
            new PaperRun(PLAIN, TAPE).until(BARS).fills();

    private final SteppingClock clock = new SteppingClock();
    private LoopbackLog log = new LoopbackLog(new SilentListener(), clock);

    @Test
    void tradesAsANaiveRunDoes() {
        startBot(PLAIN);

        tick(runner(TAPE), BARS);

        assertThat(log.fills()).hasSizeGreaterThan(20).isEqualTo(NAIVE);
    }

    @ParameterizedTest(name = "after {0} bars")
    @ValueSource(ints = {1, 3, 17, 50, 101, 233, 399})
    @Tag("PT4")
    @Tag("BD20")
    void afterALossTheNextRunGoesOnWithTheSameTrades(int bars) {
        startBot(PLAIN);
        tick(runner(TAPE), bars);
        var before = log;
        before.surrender();
        log = new LoopbackLog(new SilentListener(), clock);
        log.replay(before);

        tick(runner(TAPE), BARS);

        assertThat(log.fills().stream().filter(fill -> fill.feedPosition() < BARS))
                .isEqualTo(NAIVE);
    }

    @Test
    @Tag("PT4")
    void aCheckpointMovesThePlaceToGoOnFrom() {
        startBot(PLAIN);
        var runner = runner(TAPE);
        tick(runner, 37);

        submit(new TakeCheckpoint("test", runner::newest));

        var symbol = requireNonNull(state().portfolio().symbols().get(SampleBots.SYMBOL));
        assertThat(symbol.feedPosition()).isEqualTo(36);
        assertThat(symbol.currentPrice())
                .isEqualTo(TAPE.bar(SampleBots.SYMBOL, 36).orElseThrow().close());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "grid, lower=700 upper=1000 levels=50 amount=150",
        "dca, every=7 amount=200 takeProfit=0.01",
        "dca, every=3 amount=90 takeProfit=0"
    })
    @Tag("PT4")
    @Tag("BD20")
    void anyStrategyGoesOnAfterALossAsIfItHadNeverStopped(String strategy, String parameters) {
        var configuration = PaperRun.configuration(strategy, parse(parameters), List.of(SampleBots.SYMBOL));
        var naive = new PaperRun(configuration, TAPE).until(BARS).fills();
        startBot(configuration);
        for (var runs = 0; runs < 8; runs++) {
            tick(runner(TAPE), 53);
            var before = log;
            before.surrender();
            log = new LoopbackLog(new SilentListener(), clock);
            log.replay(before);
        }

        tick(runner(TAPE), BARS);

        assertThat(naive).hasSizeGreaterThan(5);
        assertThat(log.fills().stream().filter(fill -> fill.feedPosition() < BARS))
                .isEqualTo(naive);
    }

    /** Before, a bot of two markets that was lost between their fills traded them at different times from then on. */
    @Test
    @Tag("PT4")
    void aMarketThatIsBehindCatchesUpBeforeTheOthersGoOn() {
        var market = new InMemoryMarket(Map.of("BTC/USD", Series.tape(), "ETH/USD", Series.tape()));
        var configuration = PaperRun.configuration("dca", parse("every=10 amount=100"), List.of("BTC/USD", "ETH/USD"));
        startBot(configuration);
        tick(runner(market), 11);
        var ahead = state().portfolio().withSymbol("BTC/USD", symbol -> symbol.marked(Amount.of(900), 99));
        submit(new TakeCheckpoint("one is ahead", folded -> folded.withPortfolio(ahead)));

        var runner = runner(market);
        tick(runner, 1);

        assertThat(log.fills()).extracting(Fill::symbol, Fill::feedPosition).contains(tuple("ETH/USD", 90L));
        assertThat(runner.newest(state()).portfolio().symbols().values())
                .extracting(SymbolState::feedPosition)
                .containsExactly(100L, 100L);
    }

    @Test
    @Tag("PT14")
    void aStopLossIsOneRecordAndIsNotSoldOrSaidAgain() {
        startBot(limited(new RiskLimits(Amount.of("0.02"), null, null)));

        tick(runner(TAPE), BARS);
        var runner = runner(TAPE);
        tick(runner, BARS);

        var reached = events(LimitReached.class);
        assertThat(reached).hasSize(1);
        assertThat(reached.getFirst().fill()).isEqualTo(log.fills().getLast());
        assertThat(requireNonNull(state().portfolio().symbols().get(SampleBots.SYMBOL))
                        .maxLossReached())
                .isTrue();
    }

    @Test
    @Tag("PT14")
    void aClearedStopLossCountsFromThePresentValueAlsoInTheRunThatGoesOn() {
        startBot(limited(new RiskLimits(Amount.of("0.02"), null, null)));
        var runner = runner(TAPE);
        tick(runner, BARS);
        var before = log.fills().size();

        submit(new ClearEmergency("looked at"));
        tick(runner, 30);

        assertThat(events(LimitReached.class)).hasSize(1);
        assertThat(log.fills()).hasSizeGreaterThan(before);
    }

    /** Before, the highest value of before the stop came back with the next bar, and the stop-loss was reached again at once. */
    @Test
    @Tag("PT14")
    void aStopLossThatIsClearedWithinItsBarCountsFromThePresentValue() {
        startBot(limited(new RiskLimits(Amount.of("0.02"), null, null)));
        var runner = runner(TAPE);
        while (events(LimitReached.class).isEmpty()) {
            runner.tick();
        }

        submit(new ClearEmergency("looked at"));
        tick(runner, 5);

        assertThat(events(LimitReached.class)).hasSize(1);
    }

    /** Before, the new price of one market and the old one of the other made a highest total that there never was. */
    @Test
    @Tag("PT7")
    void pricesOfDifferentTimesAreNoTotalToFallFrom() {
        var market = new HeardMarkets("BTC/USD", "ETH/USD");
        startBot(twoMarkets("0.1"));
        var runner = runner(market);
        for (var symbol : market.symbols()) {
            market.close(symbol, 0, "100");
        }
        tick(runner, 1);

        market.close("BTC/USD", 1, "200");
        tick(runner, 2);
        market.close("ETH/USD", 1, "50");
        tick(runner, 2);

        assertThat(events(EmergencyStopped.class)).isEmpty();
        assertThat(runner.newest(state()).portfolio().highest())
                .isEqualTo(runner.newest(state()).portfolio().totalValue());
        market.close("BTC/USD", 2, "200");
        market.close("ETH/USD", 2, "5");
        tick(runner, 2);
        assertThat(events(EmergencyStopped.class)).hasSize(1);
    }

    private static BotConfiguration twoMarkets(String maxDrawdown) {
        return new BotConfiguration(
                "two",
                "dca",
                List.of("BTC/USD", "ETH/USD"),
                Amount.of(10_000),
                Amount.ZERO,
                parse("every=100 amount=4000"),
                RestartPolicy.RESUME,
                Amount.of(maxDrawdown));
    }

    private static BotConfiguration limited(RiskLimits limits) {
        return new BotConfiguration(
                PLAIN.name(),
                PLAIN.strategy(),
                PLAIN.symbols(),
                PLAIN.initialBalance(),
                PLAIN.feeRate(),
                PLAIN.parameters(),
                PLAIN.restartPolicy(),
                null,
                Map.of(),
                List.of(),
                Amount.ZERO,
                limits);
    }

    private <E> List<E> events(Class<E> type) {
        return log.records().stream()
                .filter(BotEventRecorded.class::isInstance)
                .map(entry -> ((BotEventRecorded) entry).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Map<String, Amount> parse(String parameters) {
        return Arrays.stream(parameters.split(" "))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Amount.of(pair[1])));
    }

    @Test
    @Tag("PT7")
    void stopsInEmergencyAtTheLargestDrawdown() {
        startBot(SampleBots.configuration(RestartPolicy.RESUME, "0.01"));

        tick(runner(TAPE), BARS);

        var lifecycle = state().lifecycle();
        assertThat(lifecycle.status()).isEqualTo(BotStatus.STOPPED);
        assertThat(lifecycle.stopReason()).isEqualTo(StopReason.EMERGENCY);
        assertThat(requireNonNull(lifecycle.emergencyStop()).reason()).contains("the limit is 0.01");
        assertThat(log.fills().size()).isLessThan(NAIVE.size());
    }

    @Test
    @Tag("PT2")
    @Tag("PT7")
    void anEmergencyStopSavesThePricesThatItWasJudgedBy() {
        startBot(SampleBots.configuration(RestartPolicy.RESUME, "0.01"));

        tick(runner(TAPE), BARS);

        assertThat(state().portfolio().drawdown()).isGreaterThanOrEqualTo(Amount.of("0.01"));
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopCountsBeforeAnythingElseIsSaved() {
        startBot(SampleBots.configuration(RestartPolicy.RESUME, "0.01"));

        tick(runner(TAPE), BARS);

        assertThat(log.records().reversed().stream()
                        .map(entry ->
                                ((BotEventRecorded) entry).event().getClass().getSimpleName())
                        .limit(2))
                .containsExactly("CheckpointTaken", "EmergencyStopped");
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopSurvivesARestartUntilAPersonClearsIt() {
        startBot(SampleBots.configuration(RestartPolicy.RESUME, "0.01"));
        tick(runner(TAPE), BARS);
        var before = log;
        before.surrender();
        log = new LoopbackLog(new SilentListener(), clock);
        log.replay(before);

        assertThatThrownBy(() -> log.ownerships().execute(BOT, new StartBot(), null))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.EMERGENCY));

        submit(new ClearEmergency("cleared by a person"));
        submit(new StartBot());
        assertThat(state().running()).isTrue();
    }

    @Test
    void stopsAtTheFeedsEnd() {
        var days = TapeFeed.bundled(Duration.ofDays(1), false);
        startBot(PLAIN);

        tick(runner(days), days.length() + 1);

        assertThat(state().lifecycle().stopReason()).isEqualTo(StopReason.FEED_ENDED);
    }

    @Test
    void aStopDuringABarEndsTheRunForGood() {
        startBot(PLAIN);
        var first = NAIVE.getFirst().feedPosition();
        var runner = runner(new Interrupted(first, () -> submit(new StopBot(StopReason.COMMAND))));

        tick(runner, BARS);
        submit(new StartBot());
        tick(runner, BARS);

        assertThat(log.fills()).isEmpty();
    }

    @Test
    @Tag("PT13")
    void aFailedAppendEndsTheRun() {
        startBot(PLAIN);
        var first = NAIVE.getFirst().feedPosition();
        var runner = runner(new Interrupted(first, () -> log.fail(true)));
        tick(runner, Math.toIntExact(first) + 1);
        log.fail(false);
        log.claimAgain();

        tick(runner, BARS);

        assertThat(log.ownerships().owns(BOT)).isTrue();
        assertThat(log.fills()).isEmpty();
    }

    /** Before, the run ended, and the bot was shown as running but never traded again. */
    @Test
    void aFillThatFindsTooManyCommandsWaitingIsCarriedOutLater() {
        startBot(PLAIN);
        var first = NAIVE.getFirst().feedPosition();
        var runner = runner(new Interrupted(first, this::fillTheLane));
        tick(runner, Math.toIntExact(first) + 1);
        assertThat(log.fills()).isEmpty();

        log.release();
        tick(runner, BARS - Math.toIntExact(first) - 1);

        assertThat(log.fills()).isEqualTo(NAIVE);
    }

    /** Before, the bar's number was saved before its fill counted, and whoever went on from there never made the trade. */
    @Test
    @Tag("PT4")
    @Tag("BD20")
    void aCheckpointBeforeTheFillCountsDoesNotPassItsBarOver() {
        startBot(PLAIN);
        var first = NAIVE.getFirst().feedPosition();
        var runner = runner(new Interrupted(first, this::fillTheLane));
        tick(runner, Math.toIntExact(first) + 1);
        log.release();
        submit(new TakeCheckpoint("in the middle of a bar", runner::newest));
        var before = log;
        before.surrender();
        log = new LoopbackLog(new SilentListener(), clock);
        log.replay(before);

        tick(runner(TAPE), BARS - Math.toIntExact(first));

        assertThat(log.fills()).isEqualTo(NAIVE);
    }

    private void fillTheLane() {
        log.hold();
        for (var i = 0; i < 100; i++) {
            var _ = log.ownerships()
                    .submit(BOT, new TakeCheckpoint("crowd", folded -> folded), null, Duration.ofHours(1));
        }
    }

    private void startBot(BotConfiguration configuration) {
        log.assign();
        submit(new CreateBot(configuration));
        submit(new StartBot());
    }

    private void submit(BotCommand command) {
        log.ownerships().submit(BOT, command, null, Duration.ofHours(1)).join();
    }

    private BotState state() {
        return log.ownerships().find(BOT).orElseThrow();
    }

    private BotRunner runner(MarketFeed market) {
        return new BotRunner(state(), log.ownerships(), new MarketWindows(market), new StrategyCatalogue());
    }

    private static void tick(BotRunner runner, int times) {
        for (var i = 0; i < times; i++) {
            runner.tick();
        }
    }

    /** The tape, and something that happens while a bot looks at one of its bars for the first time. */
    private static final class Interrupted implements MarketFeed {
        private final long number;
        private final Runnable interruption;
        private boolean happened;

        Interrupted(long number, Runnable interruption) {
            this.number = number;
            this.interruption = interruption;
        }

        @Override
        public Set<String> symbols() {
            return TAPE.symbols();
        }

        @Override
        public Optional<Bar> bar(String symbol, long wanted) {
            if (wanted == number && !happened) {
                happened = true;
                interruption.run();
            }
            return TAPE.bar(symbol, wanted);
        }
    }
}
