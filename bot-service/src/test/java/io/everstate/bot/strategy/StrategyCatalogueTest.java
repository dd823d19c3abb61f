package io.everstate.bot.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.InMemoryMarket;
import io.everstate.bot.sample.PaperRun;
import io.everstate.bot.sample.Series;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyCatalogueTest {
    private final StrategyCatalogue catalogue = new StrategyCatalogue();

    @Test
    void describesItsStrategies() {
        assertThat(catalogue.all())
                .extracting(StrategyDescription::name)
                .containsExactly("sma-cross", "rsi-reversion", "bollinger", "grid", "dca", "triangular-arbitrage");
    }

    @Test
    void hasAllowedDefaults() {
        for (var strategy : catalogue.all()) {
            var defaults = new HashMap<String, Amount>();
            strategy.parameters().forEach(parameter -> defaults.put(parameter.name(), parameter.defaultValue()));

            assertThat(catalogue.violations(strategy.name(), defaults)).isEmpty();
            assertThat(catalogue.create(strategy.name(), Map.of()))
                    .isEqualTo(catalogue.create(strategy.name(), defaults));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    sma-cross     |                          | 31
                    sma-cross     | fast=3 slow=8            | 9
                    sma-cross     | fast=499 slow=500        | 501
                    rsi-reversion |                          | 15
                    rsi-reversion | period=5                 | 6
                    bollinger     |                          | 20
                    bollinger     | period=10 deviations=1.5 | 10
                    grid          |                          | 1
                    dca           | every=500                | 1
                    """)
    void knowsHowManyBarsADecisionDependsOn(String strategy, String parameters, int bars) {
        assertThat(catalogue.create(strategy, parse(parameters)).bars()).isEqualTo(bars);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    sma-cross | fast=0         | parameters.fast       | must be a whole number from 1 to 499, not 0
                    sma-cross | fast=2.5       | parameters.fast       | must be a whole number from 1 to 499, not 2.5
                    sma-cross | fast=-1        | parameters.fast       | must be a whole number from 1 to 499, not -1
                    sma-cross | slow=501       | parameters.slow       | must be a whole number from 2 to 500, not 501
                    sma-cross | slow=9999999999999 | parameters.slow   | must be a whole number from 2 to 500, not 9999999999999
                    sma-cross | fast=8 slow=8  | parameters.fast       | must be below slow, but 8 is not below 8
                    sma-cross | fast=30        | parameters.fast       | must be below slow, but 30 is not below 30
                    sma-cross | medium=5       | parameters.medium     | is not a parameter of sma-cross, which knows fast, slow
                    rsi-reversion | period=1   | parameters.period     | must be a whole number from 2 to 500, not 1
                    rsi-reversion | oversold=70 | parameters.oversold  | must be below overbought, but 70 is not below 70
                    rsi-reversion | overbought=100.1 | parameters.overbought | must be a number from 0 to 100, not 100.1
                    bollinger | deviations=0   | parameters.deviations | must be a number from 0.1 to 10, not 0
                    grid      | levels=51      | parameters.levels     | must be a whole number from 1 to 50, not 51
                    grid      | lower=1300     | parameters.lower      | must be below upper, but 1300 is not below 1300
                    dca       | every=0        | parameters.every      | must be a whole number from 1 to 1000000, not 0
                    dca       | takeProfit=-1  | parameters.takeProfit | must be a number from 0 to 100, not -1
                    triangular-arbitrage | stake=0 | parameters.stake  | must be a number from 0.01 to 1000000000000, not 0
                    sma       | fast=3         | strategy              | is "sma", not one of sma-cross, rsi-reversion, bollinger, grid, dca, triangular-arbitrage
                    """)
    void namesTheFieldThatIsWrong(String strategy, String parameters, String field, String message) {
        assertThat(catalogue.violations(strategy, parse(parameters))).containsExactly(new Violation(field, message));
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        var violations = catalogue.violations("sma-cross", parse("fast=0 slow=0 size=1"));

        assertThat(violations)
                .extracting(Violation::field)
                .containsExactly("parameters.fast", "parameters.size", "parameters.slow");
    }

    @Test
    void makesNoStrategyFromWrongParameters() {
        assertThatThrownBy(() -> catalogue.create("sma-cross", parse("fast=0 slow=501")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.INVALID))
                .hasMessage("parameters.fast must be a whole number from 1 to 499, not 0;"
                        + " parameters.slow must be a whole number from 2 to 500, not 501");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"sma-cross", "rsi-reversion", "bollinger"})
    void makesAStrategyThatHoldsOnAMarketThatDoesNotMove(String name) {
        var market = InMemoryMarket.of("BTC/USD", Series.flat("1000.07", 200).toList());
        var run = new PaperRun(PaperRun.configuration(name, Map.of(), List.of("BTC/USD")), market);

        assertThat(run.until(200).events()).isEmpty();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "sma-cross, BTC/USD, true",
        "sma-cross, BTC/USD ETH/USD, true",
        "dca, BTC/USD ETH/BTC, false",
        "grid, BTC/USD BTC/USDT, false",
        "sma-cross, BITCOIN, true",
        "triangular-arbitrage, BTC/USD SIM/BTC SIM/USD, true",
        "triangular-arbitrage, SIM/BTC SIM/USD BTC/USD, true",
        "triangular-arbitrage, BTC/USD SIM/USD, false",
        "triangular-arbitrage, BTC/USD SIM/USD ETH/USD, false",
        "triangular-arbitrage, BTC/USD SIM/BTC USD/SIM, false",
        "triangular-arbitrage, BTC/USD BITCOIN SIM/USD, false"
    })
    void knowsWhichMarketsAStrategyCanTrade(String strategy, String symbols, boolean possible) {
        assertThat(catalogue
                        .marketViolations(strategy, List.of(symbols.split(" ")))
                        .isEmpty())
                .isEqualTo(possible);
    }

    private static Map<String, Amount> parse(@Nullable String parameters) {
        var parsed = new HashMap<String, Amount>();
        if (parameters != null) {
            Arrays.stream(parameters.split(" "))
                    .map(pair -> pair.split("="))
                    .forEach(pair -> parsed.put(pair[0], Amount.of(pair[1])));
        }
        return parsed;
    }
}
