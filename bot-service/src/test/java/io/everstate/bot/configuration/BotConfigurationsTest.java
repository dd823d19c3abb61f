package io.everstate.bot.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.bot.fleet.FleetConfiguration;
import io.everstate.bot.market.TapeFeed;
import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.strategy.StrategyCatalogue;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotConfigurationsTest {
    private final BotConfigurations configurations = new BotConfigurations(
            new StrategyCatalogue(),
            TapeFeed.bundled(Duration.ofDays(1), true),
            SampleConfiguration.of(FleetConfiguration.class, Map.of()));

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(configurations.valid(wanted()))
                .isEqualTo(new BotConfiguration(
                        "one",
                        "bollinger",
                        List.of(TapeFeed.SYMBOL),
                        Amount.of(500),
                        Amount.of("0.001"),
                        Map.of(),
                        RestartPolicy.RESUME,
                        null));
    }

    @Test
    void whatIsSaidIsKept() {
        var parameters = Map.of("fast", Amount.of(2), "slow", Amount.of(4));
        var limits = new RiskLimits(Amount.of("0.1"), 30, Amount.of(5_000));
        var request = new CreateBotRequest(
                "one",
                "sma-cross",
                List.of(TapeFeed.SYMBOL),
                Amount.of(500),
                Amount.ZERO,
                parameters,
                RestartPolicy.MANUAL,
                Amount.of("0.2"),
                Map.of("env", "prod"),
                Amount.of("0.0005"),
                limits);

        assertThat(configurations.valid(request))
                .isEqualTo(new BotConfiguration(
                        "one",
                        "sma-cross",
                        List.of(TapeFeed.SYMBOL),
                        Amount.of(500),
                        Amount.ZERO,
                        parameters,
                        RestartPolicy.MANUAL,
                        Amount.of("0.2"),
                        Map.of("env", "prod"),
                        List.of(),
                        Amount.of("0.0005"),
                        limits));
    }

    @Test
    @Tag("PT9")
    void anotherInitialBalanceIsWarnedOfAndTheSavedOneStays() {
        var saved = configurations.valid(wanted());

        var changed = configurations.changed(saved, change(null, Amount.of(900)));

        assertThat(changed.configuration().initialBalance()).isEqualTo(Amount.of(500));
        assertThat(changed.configuration().name()).isEqualTo("changed");
        assertThat(changed.warnings())
                .containsExactly("the initial balance is 500 and stays: the bot has traded with it; 900 is not used");
    }

    @Test
    void theSavedBasisIsNoWarning() {
        var saved = configurations.valid(wanted());

        assertThat(configurations.changed(saved, change(null, null)).warnings()).isEmpty();
        assertThat(configurations
                        .changed(saved, change(saved.symbols(), saved.initialBalance()))
                        .warnings())
                .isEmpty();
    }

    @Test
    void otherSymbolsAreRefused() {
        var saved = configurations.valid(wanted());

        var refused = catchThrowableOfType(
                InvalidException.class, () -> configurations.changed(saved, change(List.of("ETH/USD"), null)));

        assertThat(refused.violations()).extracting(Violation::field).containsExactly("symbols");
    }

    @ParameterizedTest
    @CsvSource({"a=b,c", "a,'b,c'", "'',c", "a,''", "a b,c"})
    void aLabelThatASelectorCouldNotNameIsRefused(String name, String value) {
        var violations = violations(wanted(Map.of(name, value), null, null));

        assertThat(violations).extracting(Violation::field).containsExactly("labels." + name);
    }

    private static CreateBotRequest wanted() {
        return wanted(null, null, null);
    }

    private static CreateBotRequest wanted(
            @Nullable Map<String, String> labels, @Nullable Amount slippageRate, @Nullable RiskLimits limits) {
        return new CreateBotRequest(
                "one",
                "bollinger",
                List.of(TapeFeed.SYMBOL),
                Amount.of(500),
                null,
                null,
                null,
                null,
                labels,
                slippageRate,
                limits);
    }

    private static ConfigureBotRequest change(@Nullable List<String> symbols, @Nullable Amount balance) {
        return new ConfigureBotRequest(
                "changed", "bollinger", symbols, balance, null, null, null, null, null, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.1, 0.2, initialBalance",
        "-1, 0.1, 0.2, initialBalance",
        "10, -0.1, 0.2, feeRate",
        "10, 1, 0.2, feeRate",
        "10, 0.1, 0, maxDrawdown",
        "10, 0.1, 1, maxDrawdown",
        "10, 0.1, -0.2, maxDrawdown"
    })
    void anAmountBeyondItsLimitsIsNamed(String balance, String feeRate, String maxDrawdown, String field) {
        var violations = violations(wanted(
                "sma-cross", List.of(TapeFeed.SYMBOL), Amount.of(balance), Amount.of(feeRate), Amount.of(maxDrawdown)));

        assertThat(violations).extracting(Violation::field).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0.1, 1, 1, slippageRate",
        "1, 0.1, 1, 1, slippageRate",
        "0, 0, 1, 1, limits.stopLoss",
        "0, 1, 1, 1, limits.stopLoss",
        "0, 0.1, 0, 1, limits.maxTradesPerHour",
        "0, 0.1, 1001, 1, limits.maxTradesPerHour",
        "0, 0.1, 1, 0, limits.maxPosition"
    })
    void aLimitThatCouldNeverHoldIsNamed(String slippage, String stopLoss, int trades, String position, String field) {
        var limits = new RiskLimits(Amount.of(stopLoss), trades, Amount.of(position));

        var violations = violations(wanted(null, Amount.of(slippage), limits));

        assertThat(violations).extracting(Violation::field).containsExactly(field);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        var violations =
                violations(wanted("magic", List.of("DOGE/MOON", "DOGE/MOON"), Amount.ZERO, Amount.of(2), null));

        assertThat(violations)
                .extracting(Violation::field)
                .containsExactly("strategy", "symbols", "symbols", "symbols", "initialBalance", "feeRate");
    }

    private static CreateBotRequest wanted(
            String strategy, List<String> symbols, Amount balance, Amount feeRate, @Nullable Amount maxDrawdown) {
        return new CreateBotRequest(
                "one", strategy, symbols, balance, feeRate, null, null, maxDrawdown, null, null, null);
    }

    private List<Violation> violations(CreateBotRequest request) {
        return catchThrowableOfType(InvalidException.class, () -> configurations.valid(request))
                .violations();
    }
}
