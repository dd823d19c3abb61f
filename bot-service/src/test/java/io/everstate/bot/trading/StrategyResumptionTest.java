package io.everstate.bot.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.market.Bar;
import io.everstate.contracts.bot.Amount;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A strategy that is made anew and given its warm-up decides as the one that never stopped. */
@Tag("PT4")
@Tag("BD20")
class StrategyResumptionTest {
    private static final List<Bar> TAPE = Series.tape();

    private final StrategyCatalogue catalogue = new StrategyCatalogue();

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sma-cross", "rsi-reversion", "bollinger"})
    void decidesAlikeFromEveryBarOfTheTape(String strategy) {
        var whole = decisions(strategy, Map.of(), TAPE);
        var warmUp = catalogue.warmUpBars(strategy, Map.of());

        for (var position = warmUp - 1; position < TAPE.size(); position++) {
            var resumed = decisions(strategy, Map.of(), TAPE.subList(position - warmUp + 1, position + 1));

            assertThat(resumed.getLast()).as("bar %d", position).isEqualTo(whole.get(position));
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({
        "sma-cross, 1", "sma-cross, 2", "sma-cross, 3", "sma-cross, 4",
        "rsi-reversion, 1", "rsi-reversion, 2", "rsi-reversion, 3", "rsi-reversion, 4",
        "bollinger, 1", "bollinger, 2", "bollinger, 3", "bollinger, 4"
    })
    void goesOnAlikeWithAnyParametersInAnyMarket(String strategy, long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 4; round++) {
            var bars = random.nextBoolean() ? Series.randomWalk(random, 1_500) : someOfTheTape(random);
            var parameters = parameters(strategy, random);
            var warmUp = catalogue.warmUpBars(strategy, parameters);
            var position = random.nextInt(warmUp - 1, bars.size());

            var resumed = decisions(strategy, parameters, bars.subList(position - warmUp + 1, bars.size()));

            var whole = decisions(strategy, parameters, bars);
            assertThat(resumed.subList(warmUp - 1, resumed.size()))
                    .as("%s from bar %d", parameters, position)
                    .isEqualTo(whole.subList(position, whole.size()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sma-cross", "rsi-reversion", "bollinger"})
    void holdsUntilItIsWarm(String strategy) {
        var warmUp = catalogue.warmUpBars(strategy, Map.of());

        for (var begin = 0; begin + warmUp < TAPE.size(); begin += 97) {
            assertThat(decisions(strategy, Map.of(), TAPE.subList(begin, begin + warmUp - 1)))
                    .containsOnly(Signal.HOLD);
        }
    }

    @Test
    void refusesABarOutOfTurn() {
        var strategy = catalogue.create("sma-cross", Map.of());
        strategy.onBar(TAPE.get(5));

        assertThatThrownBy(() -> strategy.onBar(TAPE.get(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bar 6 is due, not bar 7");
    }

    private static List<Bar> someOfTheTape(Random random) {
        var begin = random.nextInt(TAPE.size() - 1_500);
        return TAPE.subList(begin, begin + 1_500);
    }

    private Map<String, Amount> parameters(String strategy, Random random) {
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
        } while (!catalogue.violations(strategy, parameters).isEmpty());
        return parameters;
    }

    private List<Signal> decisions(String name, Map<String, Amount> parameters, List<Bar> bars) {
        var strategy = catalogue.create(name, parameters);
        return bars.stream().map(strategy::onBar).toList();
    }
}
