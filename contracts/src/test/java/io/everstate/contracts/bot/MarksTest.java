package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotCommand.RecordFill;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotCommand.WithMarks;
import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.bot.BotEvent.BotStarted;
import io.everstate.contracts.bot.BotEvent.BotStopped;
import io.everstate.contracts.bot.BotEvent.EmergencyCleared;
import io.everstate.contracts.bot.BotEvent.LimitReached;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.Marks.Mark;
import io.everstate.contracts.bot.Transition.Accepted;
import io.everstate.contracts.bot.Transition.Refused;
import io.everstate.contracts.sample.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bot of two markets with 5,000 in each that bought 1 BTC for 100 at bar 10. */
@Tag("PT7")
class MarksTest {
    private static final String BTC = "BTC/USD";
    private static final String ETH = "ETH/USD";
    private static final Instant BEGIN = Instant.parse("2026-11-22T00:00:00Z");
    private static final Fill SALE = fill(Side.SELL, 20);

    private final BotState folded = bought();

    @Test
    void whatWasSeenBeforeATradeCountsBeforeIt() {
        var marks = new Marks(Map.of(ETH, mark("30", 19, "5000"), BTC, mark("150", 19, "5050")), Amount.of("10040"));

        var after = accepted(folded, new TradeExecuted(SALE, marks));

        assertThat(symbol(after, BTC).highestValue()).isEqualTo(Amount.of(5_050));
        assertThat(symbol(after, BTC).feedPosition()).isEqualTo(20);
        assertThat(symbol(after, BTC).currentPrice()).isEqualTo(Amount.of(100));
        assertThat(symbol(after, ETH).feedPosition()).isEqualTo(19);
        assertThat(symbol(after, ETH).currentPrice()).isEqualTo(Amount.of(30));
        assertThat(after.portfolio().highest()).isEqualTo(Amount.of(10_040));
        assertThat(after.portfolio().totalValue())
                .isEqualTo(accepted(folded, new TradeExecuted(SALE)).portfolio().totalValue());
    }

    @Test
    void whatIsOlderOrOfNoMarketOfTheBotChangesNothing() {
        var marks = new Marks(Map.of(BTC, mark("900", 9, "9000"), "DOGE/USD", mark("1", 99, "1")), Amount.of(1));

        assertThat(accepted(folded, new TradeExecuted(SALE, marks)))
                .isEqualTo(accepted(folded, new TradeExecuted(SALE)));
    }

    @Test
    void whatIsTooLargeToBeKeptIsPassedOver() {
        var large = "9".repeat(22);
        var marks = new Marks(Map.of(BTC, mark(large, 15, large)), Amount.of(large));

        var after = accepted(folded, new TradeExecuted(SALE, marks));

        assertThat(symbol(after, BTC).fits()).isTrue();
        assertThat(symbol(after, BTC).feedPosition()).isEqualTo(20);
    }

    @Test
    void marksOfWhatIsRefusedChangeNothing() {
        var stopped = accepted(folded, new BotStopped(StopReason.COMMAND));
        var marks = new Marks(Map.of(BTC, mark("150", 19, "5050")), null);
        var tooMuch =
                new TradeExecuted(new Fill(BTC, Side.SELL, Amount.of(2), Amount.of(1), Amount.ZERO, BEGIN, 20), marks);

        assertThat(transition(stopped, new TradeExecuted(SALE, marks))).isEqualTo(new Refused(Refusal.NOT_RUNNING));
        assertThat(transition(folded, tooMuch)).isEqualTo(new Refused(Refusal.INSUFFICIENT_POSITION));
    }

    @Test
    void ofATradedMarketOnlyANewHighestValueIsSaid() {
        assertThat(event(state -> marked(state, BTC, "90", 19))).isEqualTo(new TradeExecuted(SALE));
        assertThat(event(state -> marked(state, BTC, "160", 19)))
                .isEqualTo(new TradeExecuted(SALE, new Marks(Map.of(BTC, mark("160", 19, "5060")), null)));
    }

    @Test
    void ofTheOthersAllThatIsNewIsSaid() {
        assertThat(event(state -> marked(state, ETH, "30", 19)))
                .isEqualTo(new TradeExecuted(SALE, new Marks(Map.of(ETH, mark("30", 19, "5000")), null)));
        assertThat(event(UnaryOperator.identity())).isEqualTo(new TradeExecuted(SALE));
    }

    @Test
    void aHighestTotalIsSaidWhenItIsNew() {
        assertThat(event(state -> state.withPortfolio(state.portfolio().withHighest(Amount.of("10000.5")))))
                .isEqualTo(new TradeExecuted(SALE, new Marks(Map.of(), Amount.of("10000.5"))));
    }

    /** It is asked when the command's turn comes: a highest value from before a person cleared the bot must not come back. */
    @Test
    void whatWasSeenIsAskedOnTheStateThatTheEventIsFor() {
        var stopLoss = new LimitReached(Limit.STOP_LOSS, BTC, Amount.of("0.2"), Amount.of("0.1"), null);
        var cleared = accepted(accepted(folded, stopLoss), new EmergencyCleared("looked at"));
        var command = new WithMarks(
                new RecordFill(SALE), state -> state.equals(cleared) ? state : marked(state, BTC, "160", 19));

        assertThat(command.event(cleared)).isEqualTo(new TradeExecuted(SALE));
    }

    @Test
    void anEventWithoutRoomForThemIsMadeWithoutThem() {
        var command = new WithMarks(new StopBot(StopReason.FEED_ENDED), state -> marked(state, BTC, "160", 19));

        assertThat(command.event(folded)).isEqualTo(new BotStopped(StopReason.FEED_ENDED));
        assertThat(new WithMarks(new RecordFill(SALE), state -> state).event(null))
                .isEqualTo(new TradeExecuted(SALE));
    }

    private BotEvent event(UnaryOperator<BotState> newest) {
        return requireNonNull(new WithMarks(new RecordFill(SALE), newest).event(folded));
    }

    private static BotState marked(BotState state, String symbol, String price, long bar) {
        return state.withPortfolio(state.portfolio().withSymbol(symbol, known -> known.marked(Amount.of(price), bar)));
    }

    private static Mark mark(String price, long bar, String highest) {
        return new Mark(Amount.of(price), bar, Amount.of(highest));
    }

    private static BotState bought() {
        var configuration = new BotConfiguration(
                "marks",
                "sma-cross",
                List.of(BTC, ETH),
                Amount.of(10_000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
                null);
        var created = Transition.of(Story.BOT, null, new BotCreated(BotKind.TRADING, configuration), 1, BEGIN, null);
        var started = accepted(((Accepted) created).state(), new BotStarted());
        return accepted(started, new TradeExecuted(fill(Side.BUY, 10)));
    }

    private static Fill fill(Side side, long bar) {
        return new Fill(BTC, side, Amount.of(1), Amount.of(100), Amount.ZERO, BEGIN, bar);
    }

    private static BotState accepted(BotState state, BotEvent event) {
        return ((Accepted) transition(state, event)).state();
    }

    private static Transition transition(BotState state, BotEvent event) {
        return Transition.of(state.id(), state, event, state.sequence() + 1, BEGIN, null);
    }

    private static SymbolState symbol(BotState state, String name) {
        return requireNonNull(state.portfolio().symbols().get(name));
    }
}
