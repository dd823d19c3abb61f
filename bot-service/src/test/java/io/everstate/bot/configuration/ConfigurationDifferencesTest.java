package io.everstate.bot.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.bot.configuration.ConfigurationDifferences.Difference;
import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotEvent.BotConfigured;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationDifferencesTest {
    private static final BotConfiguration FIRST = SampleBots.configuration(RestartPolicy.RESUME, "0.2");
    private final BotState state = SampleBots.then(
            SampleBots.created(SampleBots.id(1), FIRST),
            new BotConfigured(
                    new BotConfiguration(
                            "renamed",
                            FIRST.strategy(),
                            FIRST.symbols(),
                            FIRST.initialBalance(),
                            FIRST.feeRate(),
                            Map.of("fast", Amount.of(7)),
                            FIRST.restartPolicy(),
                            null,
                            Map.of("env", "prod")),
                    "somebody"));

    @Test
    void namesEveryFieldThatChanged() {
        var differences = ConfigurationDifferences.between(
                ConfigurationDifferences.version(state, "from", "1"),
                ConfigurationDifferences.version(state, "to", "2"));

        assertThat(differences.from()).isEqualTo(1);
        assertThat(differences.to()).isEqualTo(2);
        assertThat(differences.differences())
                .contains(
                        new Difference("name", FIRST.name(), "renamed"),
                        new Difference("maxDrawdown", "0.2", null),
                        new Difference("labels.env", null, "prod"),
                        new Difference(
                                "parameters.fast",
                                String.valueOf(FIRST.parameters().get("fast")),
                                "7"))
                .noneMatch(difference -> difference.field().equals("feeRate"));
    }

    @Test
    void aVersionHasNoDifferencesFromItself() {
        var version = state.configurationVersion();

        assertThat(ConfigurationDifferences.between(version, version).differences())
                .isEmpty();
    }

    @Test
    void saysWhichVersionsAreKept() {
        var refused = catchThrowableOfType(
                InvalidException.class, () -> ConfigurationDifferences.version(state, "from", "9"));

        assertThat(refused.violations())
                .containsExactly(new Violation("from", "must be one of the kept versions, 1 to 2"));
    }
}
