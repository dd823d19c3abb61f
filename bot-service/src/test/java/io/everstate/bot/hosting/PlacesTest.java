package io.everstate.bot.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.bot.hosting.Places.Due;
import io.everstate.bot.market.Bar;
import io.everstate.bot.market.Look;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.sample.SampleBots;
import io.everstate.bot.trading.MarketWindows;
import io.everstate.contracts.bot.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One bot in a market that is heard as it happens: bars come late, or were missed. */
class PlacesTest {
    private final Live market = new Live(SampleBots.SYMBOL);
    private final List<String> said = new ArrayList<>();

    @Test
    void aBarThatIsNotOverIsWaitedFor() {
        market.close(10);
        var places = places(9);
        assertThat(number(places.due())).contains(10L);
        places.passed(SampleBots.SYMBOL);

        var due = places.due();

        assertThat(due.bars()).isEmpty();
        assertThat(due.waiting()).isTrue();
        market.close(11);
        assertThat(number(places.due())).contains(11L);
    }

    @Test
    void whatWasMissedIsNotDecidedOnAndSaid() {
        var places = places(3);
        for (var number = 10; number <= 20; number++) {
            market.close(number);
        }

        assertThat(places.due()).satisfies(due -> {
            assertThat(due.bars()).isEmpty();
            assertThat(due.waiting()).isTrue();
        });
        assertThat(number(places.due())).isEmpty();
        market.close(21);

        assertThat(number(places.due())).contains(21L);
        assertThat(said).containsExactly("it missed the bars 4 to 20 of BTC/USD and goes on behind them");
    }

    @Test
    void aNewBotBeginsWithTheNextBarAndMissedNothing() {
        market.close(28_000_000);
        var places = places(-1);

        assertThat(number(places.due())).isEmpty();
        market.close(28_000_001);

        assertThat(number(places.due())).contains(28_000_001L);
        assertThat(said).isEmpty();
    }

    @Test
    void theFeedsEndIsNotWaitedFor() {
        market.over = true;

        var due = places(3).due();

        assertThat(due.bars()).isEmpty();
        assertThat(due.waiting()).isFalse();
    }

    @Test
    void aMarketThatIsNotThereIsNamed() {
        var elsewhere = new MarketWindows(new Live("DOGE/MOON"));

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

    private static Optional<Long> number(Due due) {
        return due.bars().values().stream().map(Bar::number).findFirst();
    }

    private static final class Live implements MarketFeed {
        private final String symbol;
        private final TreeMap<Long, Bar> closed = new TreeMap<>();
        private boolean over;

        Live(String symbol) {
            this.symbol = symbol;
        }

        void close(long number) {
            var price = Amount.of(100 + number % 7);
            closed.put(number, new Bar(number, SampleBots.START, price, price, price, price, Amount.of(1)));
        }

        @Override
        public Set<String> symbols() {
            return Set.of(symbol);
        }

        @Override
        public Optional<Bar> bar(String wanted, long number) {
            return Optional.ofNullable(closed.get(number));
        }

        @Override
        public Look look(String wanted, long number) {
            if (over) {
                return new Look.Ended();
            }
            if (closed.isEmpty() || number > closed.lastKey()) {
                return new Look.NotYet();
            }
            return bar(wanted, number).<Look>map(Look.Present::new).orElseGet(() -> new Look.Gone(closed.lastKey()));
        }
    }
}
