package io.everstate.bot.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.problem.Problem.Violation;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyCatalogueTest {
    private final StrategyCatalogue catalogue = new StrategyCatalogue();

    @Test
    void describesThreeStrategies() {
        assertThat(catalogue.all())
                .extracting(StrategyDescription::name)
                .containsExactly("sma-cross", "rsi-reversion", "bollinger");
    }

    @Test
    void hasAllowedDefaults() {
        for (var strategy : catalogue.all()) {
            var defaults = new HashMap<String, Amount>();
            strategy.parameters().forEach(parameter -> defaults.put(parameter.name(), parameter.defaultValue()));

            assertThat(catalogue.violations(strategy.name(), defaults)).isEmpty();
            assertThat(catalogue.warmUpBars(strategy.name(), Map.of()))
                    .isEqualTo(catalogue.warmUpBars(strategy.name(), defaults));
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
                    """)
    void knowsHowManyBarsADecisionDependsOn(String strategy, String parameters, int bars) {
        assertThat(catalogue.warmUpBars(strategy, parse(parameters))).isEqualTo(bars);
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
                    sma       | fast=3         | strategy              | is "sma", not one of sma-cross, rsi-reversion, bollinger
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
        var strategy = catalogue.create(name, Map.of());

        assertThat(Series.flat("1000.07", 200).map(strategy::onBar)).containsOnly(Signal.HOLD);
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
