package io.everstate.bot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.bot.market.MarketFeed;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bot that knows nothing but its log goes on as the one that never stopped. */
@Tag("PT4")
@Tag("BD20")
class StrategyResumptionTest {
    private static final int BARS = 1_500;
    private static final String SYMBOL = TapeFeed.SYMBOL;
    private static final TapeFeed TAPE = TapeFeed.bundled(Duration.ofMinutes(1), false);
    private static final List<String> STRATEGIES = List.of("sma-cross", "rsi-reversion", "bollinger", "grid", "dca");

    private final StrategyCatalogue catalogue = new StrategyCatalogue();

    static Stream<Arguments> runs() {
        return STRATEGIES.stream()
                .flatMap(strategy -> LongStream.rangeClosed(1, 6).mapToObj(seed -> Arguments.of(strategy, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("runs")
    void goesOnAlikeWithAnyParametersInAnyMarketHoweverOftenItIsLost(String strategy, long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 3; round++) {
            var market = random.nextBoolean() ? TAPE : InMemoryMarket.of(SYMBOL, Series.randomWalk(random, BARS));
            var configuration = PaperRun.configuration(strategy, parameters(strategy, random, market), List.of(SYMBOL));

            var events = withLosses(configuration, market, random);

            assertThat(events)
                    .as("%s", configuration.parameters())
                    .isEqualTo(new PaperRun(configuration, market).until(BARS).events());
        }
    }

    private static List<BotEvent> withLosses(BotConfiguration configuration, MarketFeed market, Random random) {
        var events = new ArrayList<BotEvent>();
        var run = new PaperRun(configuration, market);
        for (var end = random.nextInt(100); end < BARS; end += 1 + random.nextInt(200)) {
            run.until(end);
            events.addAll(run.events());
            run = run.resumed();
        }
        events.addAll(run.until(BARS).events());
        return events;
    }

    private Map<String, Amount> parameters(String strategy, Random random, MarketFeed market) {
        var first = market.bar(SYMBOL, 0).orElseThrow().close();
        var parameters = new HashMap<String, Amount>();
        var description = catalogue.all().stream()
                .filter(candidate -> candidate.name().equals(strategy))
                .findFirst()
                .orElseThrow();
        do {
            for (var parameter : description.parameters()) {
                var range = parameter.max().minus(parameter.min()).value();
                var share = Math.pow(random.nextDouble(), 3);
                var value = parameter.min().plus(Amount.of(range.multiply(BigDecimal.valueOf(share))));
                parameters.put(
                        parameter.name(),
                        parameter.whole() ? Amount.of(value.value().longValue()) : value);
            }
            sensible(first, random).forEach((name, value) -> parameters.computeIfPresent(name, (_, _) -> value));
        } while (!catalogue.violations(strategy, parameters).isEmpty());
        return parameters;
    }

    /** Else a grid would never meet its market, and the money would never do for a lot. */
    private static Map<String, Amount> sensible(Amount first, Random random) {
        return Map.of(
                "lower", first.times(Amount.of("0.9")),
                "upper", first.times(Amount.of("1.1")),
                "amount", Amount.of(1 + random.nextInt(2_000)),
                "every", Amount.of(1 + random.nextInt(100)),
                "takeProfit", Amount.of(BigDecimal.valueOf(random.nextInt(5), 2)));
    }
}
