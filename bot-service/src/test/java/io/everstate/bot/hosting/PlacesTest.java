package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.bot.hosting.Places.Due;
import io.everstate.bot.market.Bar;
import io.everstate.bot.sample.HeardMarkets;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One bot in a market that is heard as it happens: bars come late, or were missed. */
class PlacesTest {
    private static final String OTHER = "ETH/USD";

    private final HeardMarkets market = new HeardMarkets(SampleBots.SYMBOL, OTHER);
    private final List<String> said = new ArrayList<>();

    @Test
    void aBarThatIsNotOverIsWaitedFor() {
        market.close(SampleBots.SYMBOL, 10, "100");
        var places = places(9);
        assertThat(number(places.due())).contains(10L);
        places.passed(SampleBots.SYMBOL);

        var due = places.due();

        assertThat(due.bars()).isEmpty();
        assertThat(due.waiting()).isTrue();
        market.close(SampleBots.SYMBOL, 11, "100");
        assertThat(number(places.due())).contains(11L);
    }

    @Test
    void whatWasMissedIsNotDecidedOnAndSaid() {
        var places = places(3);
        for (var number = 10; number <= 20; number++) {
            market.close(SampleBots.SYMBOL, number, "100");
        }

        assertThat(places.due()).satisfies(due -> {
            assertThat(due.bars()).isEmpty();
            assertThat(due.waiting()).isTrue();
        });
        assertThat(number(places.due())).isEmpty();
        market.close(SampleBots.SYMBOL, 21, "100");

        assertThat(number(places.due())).contains(21L);
        assertThat(said).containsExactly("it missed the bars 4 to 20 of BTC/USD and goes on behind them");
    }

    @Test
    void aNewBotBeginsWithTheNextBarAndMissedNothing() {
        market.close(SampleBots.SYMBOL, 28_000_000, "100");
        var places = places(-1);

        assertThat(number(places.due())).isEmpty();
        market.close(SampleBots.SYMBOL, 28_000_001, "100");

        assertThat(number(places.due())).contains(28_000_001L);
        assertThat(said).isEmpty();
    }

    @Test
    void theFeedsEndIsNotWaitedFor() {
        market.end(SampleBots.SYMBOL);

        var due = places(3).due();

        assertThat(due.bars()).isEmpty();
        assertThat(due.waiting()).isFalse();
    }

    /** Before, a fresh price and an old one were added up to a total that there never was. */
    @Test
    void twoMarketsAreCompleteOnceBothAreAtOneBar() {
        var places = both(false);
        market.close(SampleBots.SYMBOL, 10, "100");

        var first = places.due();
        places.passed(SampleBots.SYMBOL);
        market.close(OTHER, 10, "7");
        var second = places.due();
        places.passed(OTHER);
        market.close(SampleBots.SYMBOL, 11, "100");
        var third = places.due();

        assertThat(first).isEqualTo(new Due(Map.of(SampleBots.SYMBOL, bar(SampleBots.SYMBOL, 10)), true, false, true));
        assertThat(second).isEqualTo(new Due(Map.of(OTHER, bar(OTHER, 10)), true, true, true));
        assertThat(third).isEqualTo(new Due(Map.of(SampleBots.SYMBOL, bar(SampleBots.SYMBOL, 11)), true, false, true));
    }

    @Test
    void aMarketThatHasEndedLeavesTheOthersComplete() {
        market.close(SampleBots.SYMBOL, 10, "100");
        market.close(OTHER, 10, "7");

        assertThat(both(false).due().complete()).isTrue();
        market.end(OTHER);
        assertThat(both(false).due().complete()).isTrue();
    }

    @Test
    void marketsThatAreTradedTogetherWaitForEachOther() {
        var places = both(true);
        market.close(SampleBots.SYMBOL, 10, "100");

        assertThat(places.due()).isEqualTo(Due.NOTHING_YET);
        market.close(OTHER, 10, "7");

        assertThat(places.due().bars()).containsOnlyKeys(SampleBots.SYMBOL, OTHER);
        assertThat(places.due().complete()).isTrue();
    }

    /** A stop-loss must not wait for a market that is not heard any more. */
    @Test
    void afterABarTheyDoNotWaitAnyLonger() {
        var places = both(true);
        market.close(SampleBots.SYMBOL, 10, "100");
        market.close(SampleBots.SYMBOL, 11, "100");

        assertThat(places.due())
                .isEqualTo(new Due(Map.of(SampleBots.SYMBOL, bar(SampleBots.SYMBOL, 10)), true, false, true));
    }

    private Bar bar(String symbol, long number) {
        return market.bar(symbol, number).orElseThrow();
    }

    @Test
    void aMarketThatIsNotThereIsNamed() {
        var elsewhere = new MarketWindows(new HeardMarkets("DOGE/MOON"));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Places(SampleBots.traded(SampleBots.id(1), 1).portfolio(), elsewhere, false, said::add))
                .withMessageContaining(SampleBots.SYMBOL);
    }

    private Places places(long position) {
        var portfolio = SampleBots.created(SampleBots.id(1)).portfolio();
        var placed = portfolio.withSymbol(SampleBots.SYMBOL, symbol -> symbol.marked(Amount.of(1), position));
        return new Places(placed, new MarketWindows(market), false, said::add);
    }

    /** In two markets, both at bar 9. */
    private Places both(boolean together) {
        var configuration = PaperRun.configuration("dca", Map.of(), List.of(SampleBots.SYMBOL, OTHER));
        var portfolio = SampleBots.created(SampleBots.id(1), configuration).portfolio();
        var placed = portfolio
                .withSymbol(SampleBots.SYMBOL, symbol -> symbol.marked(Amount.of(1), 9))
                .withSymbol(OTHER, symbol -> symbol.marked(Amount.of(1), 9));
        return new Places(placed, new MarketWindows(market), together, said::add);
    }

    private static Optional<Long> number(Due due) {
        return due.bars().values().stream().map(Bar::number).findFirst();
    }
}
