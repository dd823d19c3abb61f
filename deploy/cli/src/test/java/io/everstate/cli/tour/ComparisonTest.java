package io.everstate.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.Side;
import io.everstate.contracts.bot.Trade;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final BotId BOT = BotId.of("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");

    private final Trade first = trade(3, Side.BUY, 10, "100");
    private final Trade second = trade(5, Side.SELL, 14, "101");

    @Test
    void isCleanWhenEachAcknowledgedTradeIsRecordedOnce() {
        var comparison = compare(List.of(first, second), List.of(first, second, trade(6, Side.BUY, 20, "99")));

        assertThat(comparison.clean()).isTrue();
        assertThat(comparison.acknowledged()).isEqualTo(2);
        assertThat(comparison.found()).isEqualTo(2);
    }

    @Test
    void findsATradeThatIsMissing() {
        var comparison = compare(List.of(first, second), List.of(first));

        assertThat(comparison.clean()).isFalse();
        assertThat(comparison.lost()).singleElement().asString().contains("sequence=5");
        assertThat(comparison.found()).isEqualTo(1);
    }

    @Test
    void findsATradeWhoseContentChanged() {
        var comparison = compare(List.of(first, second), List.of(first, trade(5, Side.SELL, 14, "102")));

        assertThat(comparison.lost()).hasSize(1);
    }

    @Test
    void findsATradeThatIsThereTwiceUnderOneNumber() {
        var comparison = compare(List.of(first), List.of(first, first));

        assertThat(comparison.clean()).isFalse();
        assertThat(comparison.doubled()).hasSize(1);
    }

    @Test
    void findsATradeThatWasDoneAgainUnderAnotherNumber() {
        var comparison = compare(List.of(first), List.of(first, trade(4, Side.BUY, 10, "100")));

        assertThat(comparison.doubled()).hasSize(1);
        assertThat(comparison.lost()).isEmpty();
    }

    @Test
    void takesABotThatIsNotKnownForLost() {
        var comparison = Comparison.of(Map.of(BOT, List.of(first)), Map.of());

        assertThat(comparison.lost()).hasSize(1);
    }

    private static Comparison compare(List<Trade> ledger, List<Trade> recorded) {
        return Comparison.of(Map.of(BOT, ledger), Map.of(BOT, recorded));
    }

    static Trade trade(long sequence, Side side, long bar, String price) {
        return new Trade(
                sequence,
                "BTC/USD",
                side,
                Amount.of("0.5"),
                Amount.of(price),
                Amount.of("0.05"),
                Amount.of("-0.05"),
                Instant.parse("2013-11-25T00:17:00Z"),
                bar);
    }
}
