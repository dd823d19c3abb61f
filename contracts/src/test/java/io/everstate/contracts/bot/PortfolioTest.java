package io.everstate.contracts.bot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.everstate.contracts.sample.EverySeed;
import io.everstate.contracts.sample.JacksonFormat;
import io.everstate.contracts.sample.RandomRecords;
import io.everstate.contracts.sample.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @EverySeed
    void sharesTheWholeInitialBalanceAtItsOpening(long seed) {
        var configuration = new RandomRecords(seed).configuration();

        var portfolio = Portfolio.opening(configuration);

        assertThat(portfolio.totalValue()).isEqualTo(configuration.initialBalance());
        assertThat(portfolio.symbols().keySet()).containsExactlyElementsOf(configuration.symbols());
        assertThat(portfolio.symbols().values())
                .noneMatch(symbol -> symbol.balance().isNegative());
    }

    @Test
    void valuesAPositionAtTheNewestPriceAndKeepsTheHighestValue() {
        var up = opened().marked(Amount.of(130), 5);
        var down = up.marked(Amount.of(90), 6);

        assertThat(up.totalValue()).isEqualTo(Amount.of(1_030));
        assertThat(down.totalValue()).isEqualTo(Amount.of(990));
        assertThat(down.unrealisedProfit()).isEqualTo(Amount.of(-10));
        assertThat(down.highestValue()).isEqualTo(Amount.of(1_030));
        assertThat(down.feedPosition()).isEqualTo(6);
    }

    @Test
    void passesOverAPriceThatNoStateCouldKeep() {
        var largest = Amount.of("9999999999999999999999");
        var state = opened().filled(fill(Side.BUY, 1, NOON));

        var marked = state.marked(largest, 9);

        assertThat(marked.currentPrice()).isEqualTo(state.currentPrice());
        assertThat(marked.highestValue()).isEqualTo(state.highestValue());
        assertThat(marked.feedPosition()).isEqualTo(9);
    }

    @Test
    void raisesItsHighestValueButNeverLowersIt() {
        var tooLarge = Amount.of("9999999999999999999999").plus(Amount.of(1));
        var raised = opened().withHighest(Amount.of(2_000));

        assertThat(raised.highestValue()).isEqualTo(Amount.of(2_000));
        assertThat(raised.withHighest(Amount.of(1_500))).isEqualTo(raised);
        assertThat(raised.withHighest(tooLarge)).isEqualTo(raised);
    }

    @Test
    void neverGoesBackInItsFeed() {
        var late = fill(Side.BUY, 1, NOON);

        assertThat(opened().marked(Amount.of(100), 40).filled(late).feedPosition())
                .isEqualTo(40);
    }

    @Test
    void knowsTheTradesOfTheHourThatEndedWithTheLast() {
        var state = opened().filled(fill(Side.BUY, 1, NOON))
                .filled(fill(Side.BUY, 1, NOON.plusSeconds(1)))
                .filled(fill(Side.BUY, 1, NOON.plusSeconds(3600)));

        assertThat(state.tradesLastHour()).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(3600));
    }

    @Test
    void forgetsTradesThatLieAheadWhenTheMarketsTimeGoesBack() {
        var state = opened().filled(fill(Side.BUY, 1, NOON)).filled(fill(Side.BUY, 1, NOON.minusSeconds(60)));

        assertThat(state.tradesLastHour()).containsExactly(NOON.minusSeconds(60));
    }

    @Test
    void keepsAThousandTimesOfABusyHour() {
        var state = SymbolState.opening(Amount.of(1_000_000));
        for (var i = 0; i < 1_500; i++) {
            state = state.filled(fill(Side.BUY, 1, NOON.plusSeconds(i)));
        }

        assertThat(state.tradesLastHour()).hasSize(1_000).last().isEqualTo(NOON.plusSeconds(1_499));
        assertThat(state.trades()).isEqualTo(1_500);
    }

    @Test
    void holdsNoNegativePosition() {
        var state = opened().filled(fill(Side.BUY, 1, NOON));

        assertThatIllegalArgumentException().isThrownBy(() -> state.filled(fill(Side.SELL, 3, NOON)));
    }

    @Test
    void leavesAbsentSymbolsAbsent() {
        var portfolio = Story.end().portfolio();

        assertThat(portfolio.withSymbol("DOGE/USD", state -> state.marked(Amount.of(1), 1)))
                .isEqualTo(portfolio);
    }

    @Test
    void writesEqualConfigurationsAsEqualText() {
        var other = new LinkedHashMap<String, Amount>();
        List.of("fast", "slow")
                .forEach(name -> other.put(
                        name, requireNonNull(Story.CONFIGURATION.parameters().get(name))));
        for (var name : List.of("a", "z", "m")) {
            other.put(name, Amount.of(1));
        }

        assertThat(text(other)).contains("{\"a\":\"1\",\"fast\":\"10\",\"m\":\"1\",\"slow\":\"50\",\"z\":\"1\"}");
    }

    @Test
    void refusesAConfigurationThatCannotTrade() {
        assertThatIllegalArgumentException().isThrownBy(() -> trading(configuration(List.of(), 1, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> configuration(List.of("A", "A"), 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> trading(configuration(List.of("A"), 0, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> configuration(List.of("A"), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> configuration(List.of("A"), 1, -1));
    }

    private static BotEvent trading(BotConfiguration configuration) {
        return new BotEvent.BotCreated(BotKind.TRADING, configuration);
    }

    @Test
    void leavesWhatIsAtItsDefaultOutOfAConfigurationsTextAndHash() {
        var plain = text(Map.of());

        assertThat(plain).doesNotContain("slippageRate", "limits", "labels");
        assertThat(Story.CONFIGURATION.hash())
                .isEqualTo("92b8b6815e9b86a7b7be39dc240cb6633b57542208880574d0f642fa40011111");
    }

    @Test
    void hashesEachLimit() {
        var hashes = Stream.of(
                        limited(Amount.ZERO, RiskLimits.NONE),
                        limited(Amount.of(1), RiskLimits.NONE),
                        limited(Amount.ZERO, new RiskLimits(Amount.of(1), null, null)),
                        limited(Amount.ZERO, new RiskLimits(null, 1, null)),
                        limited(Amount.ZERO, new RiskLimits(null, null, Amount.of(1))))
                .map(BotConfiguration::hash)
                .distinct();

        assertThat(hashes).hasSize(5);
    }

    private static BotConfiguration limited(Amount slippageRate, RiskLimits limits) {
        return new BotConfiguration(
                "n",
                "s",
                List.of("A"),
                Amount.of(1),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.MANUAL,
                null,
                Map.of(),
                List.of(),
                slippageRate,
                limits);
    }

    private static String text(Map<String, Amount> parameters) {
        var configuration = new BotConfiguration(
                "n", "s", List.of("A"), Amount.of(1), Amount.ZERO, parameters, RestartPolicy.MANUAL, null);
        return new String(new JacksonFormat().write(configuration), StandardCharsets.UTF_8);
    }

    private static BotConfiguration configuration(List<String> symbols, long balance, long fee) {
        return new BotConfiguration(
                "n", "s", symbols, Amount.of(balance), Amount.of(fee), Map.of(), RestartPolicy.MANUAL, null);
    }

    /** 1,000 in cash and coin: one coin bought for 100. */
    private static SymbolState opened() {
        return SymbolState.opening(Amount.of(1_000)).filled(fill(Side.BUY, 1, NOON.minusSeconds(7_200)));
    }

    private static Fill fill(Side side, long quantity, Instant at) {
        return new Fill("A", side, Amount.of(quantity), Amount.of(100), Amount.ZERO, at, 1);
    }

    /** Two markets that were highest at different times never had the sum of both. */
    @Test
    void aValuationDoesNotForgetTheHighestTotal() {
        var symbols = Map.of(
                "BTC/USD", SymbolState.opening(Amount.of(6_000)), "ETH/USD", SymbolState.opening(Amount.of(6_000)));
        var portfolio = new Portfolio(symbols, List.of(), Amount.of(10_800));

        assertThat(portfolio.valuedAt(Map.of("BTC/USD", Amount.of(1))).highest())
                .isEqualTo(Amount.of(10_800));
    }
}
