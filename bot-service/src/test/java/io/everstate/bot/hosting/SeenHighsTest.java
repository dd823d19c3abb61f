package io.everstate.bot.hosting;

import static io.everstate.bot.hosting.SteppedBot.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.Bar;
import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.EmergencyStopped;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bot on random markets that end, lost behind every record of its log in turn: it must know the same highs as one that never was. */
@Tag("PT7")
class SeenHighsTest {
    private static final int BARS = 60;
    private static final int TICKS = 3 * BARS;
    /** The claim, the creation and the start. */
    private static final int BEGINNING = 3;

    static Stream<Integer> seeds() {
        return IntStream.range(0, 20).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCrashForgetsNoHighestValue(int seed) {
        var random = new Random(seed);
        var market = market(random, 1 + random.nextInt(3));
        var configuration = configuration(market, null);
        var whole = new SteppedBot(configuration);
        var undisturbed = run(whole, market);

        for (var crash = BEGINNING; crash < whole.log().records().size(); crash++) {
            var resumed = new SteppedBot(whole.log().records().subList(0, crash));
            var end = run(resumed, market);

            assertThat(highs(end)).as("lost behind record %d", crash).isEqualTo(highs(undisturbed));
            assertThat(resumed.fills()).isEqualTo(whole.fills());
        }
    }

    /** The property says something only if there are crashes behind trades, and highs that were seen before them. */
    @ParameterizedTest(name = "{0} markets")
    @ValueSource(ints = {1, 2, 3})
    void someOfThoseHighsAreOlderThanTheNewestTrade(int markets) {
        var older = seeds().filter(seed -> {
                    var market = market(new Random(seed), markets);
                    var bot = new SteppedBot(configuration(market, null));
                    var end = run(bot, market);
                    var portfolio = bot.state().portfolio();
                    return portfolio.trades() > 1 && end.portfolio().highest().equals(portfolio.highest());
                })
                .count();

        assertThat(older).isGreaterThan(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theLargestDrawdownIsReachedAtTheSameBar(int seed) {
        var random = new Random(seed);
        var market = market(random, 1 + random.nextInt(3));
        var configuration = configuration(market, "0.02");
        var whole = new SteppedBot(configuration);
        var undisturbed = run(whole, market);

        for (var crash = BEGINNING; crash < whole.log().records().size(); crash++) {
            var resumed = new SteppedBot(whole.log().records().subList(0, crash));
            var end = run(resumed, market);

            assertThat(end.lifecycle().stopReason())
                    .as("lost behind record %d", crash)
                    .isEqualTo(undisturbed.lifecycle().stopReason());
            assertThat(drawdowns(resumed)).isEqualTo(drawdowns(whole));
        }
    }

    private static Map<String, Amount> highs(BotState state) {
        var highs = new LinkedHashMap<String, Amount>();
        state.portfolio().symbols().forEach((name, symbol) -> highs.put(name, symbol.highestValue()));
        highs.put("total", state.portfolio().highest());
        return highs;
    }

    private static InMemoryMarket market(Random random, int markets) {
        return new InMemoryMarket(Stream.of("BTC/USD", "ETH/USD", "SIM/USD")
                .limit(markets)
                .collect(Collectors.toMap(name -> name, _ -> bars(random), (one, _) -> one, LinkedHashMap::new)));
    }

    /** Prices that move by a few per cent a bar. */
    private static List<Bar> bars(Random random) {
        var price = new long[] {10_000};
        return IntStream.range(0, BARS)
                .mapToObj(number -> {
                    price[0] = Math.max(1, price[0] + random.nextLong(-300, 301));
                    return Series.bar(number, Amount.of(price[0]).dividedBy(Amount.of(100)));
                })
                .toList();
    }

    private static BotConfiguration configuration(MarketFeed market, @Nullable String maxDrawdown) {
        return new BotConfiguration(
                "highs",
                "dca",
                List.copyOf(market.symbols()),
                Amount.of(9_000),
                Amount.of("0.001"),
                Map.of("every", Amount.of(9), "amount", Amount.of(700), "takeProfit", Amount.of("0.02")),
                RestartPolicy.RESUME,
                maxDrawdown == null ? null : Amount.of(maxDrawdown),
                Map.of(),
                List.of(),
                Amount.ZERO,
                RiskLimits.NONE);
    }

    /** Until the markets end, or the bot is stopped. Returns what its process knows then. */
    private static BotState run(SteppedBot bot, MarketFeed market) {
        var runner = bot.runner(market);
        tick(runner, TICKS);
        return runner.newest(bot.state());
    }

    private static List<Amount> drawdowns(SteppedBot bot) {
        return bot.events(EmergencyStopped.class).stream()
                .map(EmergencyStopped::drawdown)
                .toList();
    }
}
