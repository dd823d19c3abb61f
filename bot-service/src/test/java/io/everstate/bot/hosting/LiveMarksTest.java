package io.everstate.bot.hosting;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotEvent.TradeExecuted;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.SymbolState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PT1")
class LiveMarksTest {
    private final LiveMarks marks = new LiveMarks();
    private final BotState folded = SampleBots.traded(SampleBots.id(1), 10);

    @Test
    void withoutAMarkTheFoldedStateIsTheNewest() {
        assertThat(marks.newest(folded)).isEqualTo(folded);
    }

    @Test
    void aMarkValuesThePositionAnewAndMovesThePlaceOnceItsBarIsDone() {
        var marked = mark(12, "150");
        var during = symbol(marks.newest(folded));

        marks.done(SampleBots.SYMBOL, bar(12, "150"));

        assertThat(marked.currentPrice()).isEqualTo(Amount.of(150));
        assertThat(marked.feedPosition()).isEqualTo(12);
        assertThat(marked.totalValue()).isEqualTo(Amount.of("10000.5"));
        assertThat(during.totalValue()).isEqualTo(marked.totalValue());
        assertThat(during.feedPosition()).isEqualTo(11);
        assertThat(symbol(marks.newest(folded))).isEqualTo(marked);
    }

    @Test
    void theHighestValueIsRememberedAfterTheFall() {
        mark(12, "200");

        var fallen = mark(13, "50");

        assertThat(fallen.highestValue()).isEqualTo(Amount.of(10_001));
        assertThat(symbol(marks.newest(folded)).highestValue()).isEqualTo(Amount.of(10_001));
        assertThat(marks.newest(folded).portfolio().drawdown()).isEqualTo(Amount.of("0.00014999"));
    }

    @Test
    void aFillBehindTheMarkIsNewer() {
        mark(12, "200");

        var filled = SampleBots.then(folded, new TradeExecuted(SampleBots.purchase(13)));

        assertThat(marks.newest(filled)).isEqualTo(filled);
    }

    private SymbolState mark(long number, String price) {
        return marks.mark(SampleBots.SYMBOL, symbol(folded), bar(number, price));
    }

    private static Bar bar(long number, String price) {
        var amount = Amount.of(price);
        return new Bar(number, SampleBots.START, amount, amount, amount, amount, Amount.ZERO);
    }

    private static SymbolState symbol(BotState state) {
        return requireNonNull(state.portfolio().symbols().get(SampleBots.SYMBOL));
    }
}
