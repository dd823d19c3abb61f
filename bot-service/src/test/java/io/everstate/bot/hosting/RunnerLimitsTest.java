package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.SteppedBot.BARS;
import static io.everstate.bot.hosting.SteppedBot.BOT;
import static io.everstate.bot.hosting.SteppedBot.NAIVE;
import static io.everstate.bot.hosting.SteppedBot.PLAIN;
import static io.everstate.bot.hosting.SteppedBot.TAPE;
import static io.everstate.bot.hosting.SteppedBot.tick;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.ownership.RefusedException;
import io.everstate.bot.sample.HeardMarkets;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotCommand.ClearEmergency;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Refusal;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.log.LogRecord.BotEventRecorded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stop-losses of one market, and the emergency stop of the whole bot. */
class RunnerLimitsTest {
    private static final BotConfiguration STOP_LOSS = limited(new RiskLimits(Amount.of("0.02"), null, null));
    private static final BotConfiguration DRAWDOWN = SampleBots.configuration(RestartPolicy.RESUME, "0.01");

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

    @Test
    @Tag("PT14")
    void aStopLossIsOneRecordAndIsNotSoldOrSaidAgain() {
        var bot = new SteppedBot(STOP_LOSS);

        tick(bot.runner(TAPE), BARS);
        tick(bot.runner(TAPE), BARS);

        var reached = bot.events(LimitReached.class);
        assertThat(reached).hasSize(1);
        assertThat(reached.getFirst().fill()).isEqualTo(bot.fills().getLast());
        assertThat(requireNonNull(bot.state().portfolio().symbols().get(SampleBots.SYMBOL))
                        .maxLossReached())
                .isTrue();
    }

    @Test
    @Tag("PT14")
    void aClearedStopLossCountsFromThePresentValueAlsoInTheRunThatGoesOn() {
        var bot = new SteppedBot(STOP_LOSS);
        var runner = bot.runner(TAPE);
        tick(runner, BARS);
        var before = bot.fills().size();

        bot.submit(new ClearEmergency("looked at"));
        tick(runner, 30);

        assertThat(bot.events(LimitReached.class)).hasSize(1);
        assertThat(bot.fills()).hasSizeGreaterThan(before);
    }

    /** Before, the highest value of before the stop came back with the next bar, and the stop-loss was reached again at once. */
    @Test
    @Tag("PT14")
    void aStopLossThatIsClearedWithinItsBarCountsFromThePresentValue() {
        var bot = new SteppedBot(STOP_LOSS);
        var runner = bot.runner(TAPE);
        while (bot.events(LimitReached.class).isEmpty()) {
            runner.tick();
        }

        bot.submit(new ClearEmergency("looked at"));
        tick(runner, 5);

        assertThat(bot.events(LimitReached.class)).hasSize(1);
    }

    /** Before, the new price of one market and the old one of the other made a highest total that there never was. */
    @Test
    @Tag("PT7")
    void pricesOfDifferentTimesAreNoTotalToFallFrom() {
        var market = new HeardMarkets("BTC/USD", "ETH/USD");
        var bot = new SteppedBot(twoMarkets("0.1"));
        var runner = bot.runner(market);
        for (var symbol : market.symbols()) {
            market.close(symbol, 0, "100");
        }
        tick(runner, 1);

        market.close("BTC/USD", 1, "200");
        tick(runner, 2);
        market.close("ETH/USD", 1, "50");
        tick(runner, 2);

        assertThat(bot.events(EmergencyStopped.class)).isEmpty();
        assertThat(runner.newest(bot.state()).portfolio().highest())
                .isEqualTo(runner.newest(bot.state()).portfolio().totalValue());
        market.close("BTC/USD", 2, "200");
        market.close("ETH/USD", 2, "5");
        tick(runner, 2);
        assertThat(bot.events(EmergencyStopped.class)).hasSize(1);
    }

    private static BotConfiguration twoMarkets(String maxDrawdown) {
        return new BotConfiguration(
                "two",
                "dca",
                List.of("BTC/USD", "ETH/USD"),
                Amount.of(10_000),
                Amount.ZERO,
                Map.of("every", Amount.of(100), "amount", Amount.of(4_000)),
                RestartPolicy.RESUME,
                Amount.of(maxDrawdown));
    }

    @Test
    @Tag("PT7")
    void stopsInEmergencyAtTheLargestDrawdown() {
        var bot = new SteppedBot(DRAWDOWN);

        tick(bot.runner(TAPE), BARS);

        var lifecycle = bot.state().lifecycle();
        assertThat(lifecycle.status()).isEqualTo(BotStatus.STOPPED);
        assertThat(lifecycle.stopReason()).isEqualTo(StopReason.EMERGENCY);
        assertThat(requireNonNull(lifecycle.emergencyStop()).reason()).contains("the limit is 0.01");
        assertThat(bot.fills().size()).isLessThan(NAIVE.size());
    }

    @Test
    @Tag("PT2")
    @Tag("PT7")
    void anEmergencyStopSavesThePricesThatItWasJudgedBy() {
        var bot = new SteppedBot(DRAWDOWN);

        tick(bot.runner(TAPE), BARS);

        assertThat(bot.state().portfolio().drawdown()).isGreaterThanOrEqualTo(Amount.of("0.01"));
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopCountsBeforeAnythingElseIsSaved() {
        var bot = new SteppedBot(DRAWDOWN);

        tick(bot.runner(TAPE), BARS);

        assertThat(bot.log().records().reversed().stream()
                        .map(entry ->
                                ((BotEventRecorded) entry).event().getClass().getSimpleName())
                        .limit(2))
                .containsExactly("CheckpointTaken", "EmergencyStopped");
    }

    @Test
    @Tag("PT7")
    void anEmergencyStopSurvivesARestartUntilAPersonClearsIt() {
        var bot = new SteppedBot(DRAWDOWN);
        tick(bot.runner(TAPE), BARS);
        bot.lose();

        assertThatThrownBy(() -> bot.log().ownerships().execute(BOT, new StartBot(), null))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.EMERGENCY));

        bot.submit(new ClearEmergency("cleared by a person"));
        bot.submit(new StartBot());
        assertThat(bot.state().running()).isTrue();
    }
}
