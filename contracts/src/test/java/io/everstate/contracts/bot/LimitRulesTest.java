package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.CycleExecuted;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.Story;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the limits' events do, and how long. */
@Tag("PT14")
class LimitRulesTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final String BTC = "BTC/USD";
    private static final BotEvent CREATED = new BotCreated(BotKind.TRADING, Story.CONFIGURATION);
    private static final BotEvent STARTED = new BotStarted();
    private static final BotEvent BOUGHT = new TradeExecuted(fill(Side.BUY, BTC, 3));
    private static final BotEvent SOLD = new TradeExecuted(fill(Side.SELL, BTC, 1));
    private static final BotEvent CLEARED = new EmergencyCleared("looked at");

    @Test
    void aStopLossSellsAndEndsBuyingInOneRecord() {
        var state = after(CREATED, STARTED, BOUGHT, stopLoss(fill(Side.SELL, BTC, 3)));

        assertThat(symbol(state).maxLossReached()).isTrue();
        assertThat(symbol(state).position().isZero()).isTrue();
        assertThat(symbol(state).limited()).containsExactly(Limit.STOP_LOSS);
        assertThat(state.portfolio().recentTrades())
                .hasSize(2)
                .last()
                .satisfies(trade -> assertThat(trade.side()).isEqualTo(Side.SELL));
    }

    @Test
    void afterAStopLossBuyingIsRefusedThereAndSellingIsNot() {
        var state = after(CREATED, STARTED, BOUGHT, stopLoss(null));

        assertThat(transition(state, BOUGHT)).isEqualTo(new Refused(Refusal.MAX_LOSS));
        assertThat(transition(state, limit(Limit.POSITION, fill(Side.BUY, BTC, 1))))
                .isEqualTo(new Refused(Refusal.MAX_LOSS));
        assertThat(transition(state, stopLoss(null))).isEqualTo(new Refused(Refusal.MAX_LOSS));
        assertThat(transition(state, SOLD)).isInstanceOf(Accepted.class);
        assertThat(transition(state, new TradeExecuted(fill(Side.BUY, "ETH/USD", 1))))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void afterAStopLossNoCyclePassesThroughIt() {
        var triangle = Story.records().stream()
                .flatMap(entry -> Story.after(Story.OTHER, Story.records().indexOf(entry) + 1).stream())
                .filter(BotState::running)
                .findFirst()
                .orElseThrow();
        var cycle = Story.records().stream()
                .map(entry -> entry instanceof io.everstate.contracts.log.LogRecord.BotEventRecorded recorded
                        ? recorded.event()
                        : STARTED)
                .filter(CycleExecuted.class::isInstance)
                .findFirst()
                .orElseThrow();
        var flagged = triangle.withPortfolio(
                triangle.portfolio().withSymbol("ETH/BTC", symbol -> symbol.limitedBy(Limit.STOP_LOSS)));

        assertThat(Transition.of(Story.OTHER, triangle, cycle, 3, BEGIN, null)).isInstanceOf(Accepted.class);
        assertThat(Transition.of(Story.OTHER, flagged, cycle, 3, BEGIN, null)).isEqualTo(new Refused(Refusal.MAX_LOSS));
    }

    @Test
    void aPersonClearsAStopLossWhileTheBotRunsAndAfterwards() {
        var running = after(CREATED, STARTED, BOUGHT, stopLoss(null), CLEARED);
        var stopped = after(CREATED, STARTED, BOUGHT, stopLoss(null), new BotStopped(StopReason.COMMAND), CLEARED);

        assertThat(running.running()).isTrue();
        assertThat(transition(running, BOUGHT)).isInstanceOf(Accepted.class);
        assertThat(symbol(stopped).maxLossReached()).isFalse();
        assertThat(symbol(running).limited()).isEmpty();
        assertThat(symbol(running).highestValue()).isEqualTo(symbol(running).totalValue());
        assertThat(transition(running, CLEARED)).isEqualTo(new Refused(Refusal.NO_EMERGENCY));
    }

    @Test
    @Tag("PT7")
    void clearingAnEmergencyClearsStopLossesToo() {
        var emergency = new EmergencyStopped("drawdown", Amount.of("0.3"));

        var state = after(CREATED, STARTED, BOUGHT, stopLoss(null), emergency, CLEARED);

        assertThat(state.lifecycle().emergencyStop()).isNull();
        assertThat(symbol(state).maxLossReached()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Limit.class,
            names = {"TRADES_PER_HOUR", "POSITION"})
    void anotherLimitIsRememberedUntilTheNextTrade(Limit limit) {
        var announced = after(CREATED, STARTED, BOUGHT, limit(limit, null));
        var traded = after(CREATED, STARTED, BOUGHT, limit(limit, null), SOLD);

        assertThat(symbol(announced).limited()).isEqualTo(Set.of(limit));
        assertThat(symbol(announced).maxLossReached()).isFalse();
        assertThat(symbol(announced).position()).isEqualTo(Amount.of(3));
        assertThat(symbol(traded).limited()).isEmpty();
    }

    @Test
    void aCutPurchaseCountsWithItsLimit() {
        var state = after(CREATED, STARTED, limit(Limit.POSITION, fill(Side.BUY, BTC, 2)));

        assertThat(symbol(state).position()).isEqualTo(Amount.of(2));
        assertThat(symbol(state).limited()).containsExactly(Limit.POSITION);
    }

    @Test
    void aLimitsTradeFollowsTheRulesOfTrades() {
        var running = after(CREATED, STARTED, BOUGHT);
        var unknown = new LimitReached(Limit.POSITION, "DOGE/USD", Amount.of(1), Amount.of(1), null);

        assertThat(transition(running, stopLoss(fill(Side.SELL, BTC, 4))))
                .isEqualTo(new Refused(Refusal.INSUFFICIENT_POSITION));
        assertThat(transition(running, limit(Limit.POSITION, fill(Side.BUY, BTC, 400))))
                .isEqualTo(new Refused(Refusal.INSUFFICIENT_BALANCE));
        assertThat(transition(running, unknown)).isEqualTo(new Refused(Refusal.UNKNOWN_SYMBOL));
        assertThat(transition(after(CREATED), limit(Limit.POSITION, null))).isEqualTo(new Refused(Refusal.NOT_RUNNING));
    }

    @Test
    void carriesOnlyTheTradeThatItsLimitCanMake() {
        assertThatIllegalArgumentException().isThrownBy(() -> stopLoss(fill(Side.BUY, BTC, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> stopLoss(fill(Side.SELL, "ETH/USD", 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> limit(Limit.POSITION, fill(Side.SELL, BTC, 1)));
    }

    @Test
    void measuresTheFallFromTheHighestValue() {
        var bought = symbol(after(CREATED, STARTED, BOUGHT));

        var fallen = bought.marked(Amount.of(200), 2).marked(Amount.of(100), 3);

        assertThat(fallen.highestValue()).isEqualTo(Amount.of("5300.00000001"));
        assertThat(fallen.fall()).isEqualTo(Amount.of("0.05660377"));
    }

    @Test
    void countsTheTradesOfAnHourOfTheMarketsTime() {
        var state = symbol(after(CREATED, STARTED, BOUGHT, SOLD));

        assertThat(state.tradesWithinHour(BEGIN.plusSeconds(3_599))).isEqualTo(2);
        assertThat(state.tradesWithinHour(BEGIN.plusSeconds(3_600))).isZero();
    }

    /** The two symbols' highest values are of different times; their sum was never there. */
    @Test
    @Tag("PT7")
    void measuresTheDrawdownFromTheHighestTotalAtOneTime() {
        var eth = new TradeExecuted(fill(Side.BUY, "ETH/USD", 3));
        var state = after(CREATED, STARTED, BOUGHT, eth);
        var first = valued(valued(state, 150, 50, 2), 50, 150, 3);

        assertThat(first.portfolio().highest()).isEqualTo(Amount.of("10000.00000001"));
        assertThat(first.portfolio().drawdown().isZero()).isTrue();
        assertThat(valued(first, 40, 60, 4).portfolio().drawdown()).isEqualTo(Amount.of("0.03"));
    }

    @Test
    void aTotalOfDifferentTimesIsNoHighest() {
        var state = after(CREATED, STARTED, BOUGHT, new TradeExecuted(fill(Side.BUY, "ETH/USD", 3)));
        var oneAhead = state.portfolio().withSymbol(BTC, symbol -> symbol.marked(Amount.of(500), 9));

        assertThat(oneAhead.withHighest().highest()).isEqualTo(state.portfolio().highest());
    }

    private static BotState valued(BotState state, long btc, long eth, long bar) {
        return state.withPortfolio(state.portfolio()
                .withSymbol(BTC, symbol -> symbol.marked(Amount.of(btc), bar))
                .withSymbol("ETH/USD", symbol -> symbol.marked(Amount.of(eth), bar))
                .withHighest());
    }

    private static LimitReached stopLoss(@Nullable Fill sale) {
        return limit(Limit.STOP_LOSS, sale);
    }

    private static LimitReached limit(Limit limit, @Nullable Fill fill) {
        return new LimitReached(limit, BTC, Amount.of("0.12"), Amount.of("0.1"), fill);
    }

    private static Fill fill(Side side, String symbol, long quantity) {
        return new Fill(symbol, side, Amount.of(quantity), Amount.of(100), Amount.ZERO, BEGIN, 1);
    }

    private static SymbolState symbol(BotState state) {
        return requireNonNull(state.portfolio().symbols().get(BTC));
    }

    private static BotState after(BotEvent... events) {
        BotState state = null;
        for (var event : List.of(events)) {
            state = ((Accepted) transition(state, event)).state();
        }
        return requireNonNull(state);
    }

    private static Transition transition(@Nullable BotState state, BotEvent event) {
        var sequence = state == null ? 1 : state.sequence() + 1;
        return Transition.of(Story.BOT, state, event, sequence, BEGIN, null);
    }
}
