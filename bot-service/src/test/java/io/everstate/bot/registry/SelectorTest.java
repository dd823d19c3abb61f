package io.everstate.bot.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.bot.sample.SampleBots;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.problem.InvalidException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final BotState BOT = SampleBots.created(SampleBots.id(1), labelled());

    private static BotConfiguration labelled() {
        var plain = SampleBots.configuration(RestartPolicy.RESUME, null);
        return new BotConfiguration(
                plain.name(),
                plain.strategy(),
                plain.symbols(),
                plain.initialBalance(),
                plain.feeRate(),
                plain.parameters(),
                plain.restartPolicy(),
                null,
                Map.of("env", "prod", "desk", "7"));
    }

    @ParameterizedTest(name = "\"{0}\" means it: {1}")
    @CsvSource({
        "'', true",
        "' ', true",
        "env=prod, true",
        "'env=prod,strategy=sma-cross', true",
        "'desk=7, status=STOPPED, name=sample', true",
        "env=test, false",
        "'env=prod,strategy=grid', false",
        "status=RUNNING, false",
        "colour=red, false"
    })
    void meansABotOfWhichAllIsTrue(String text, boolean means) {
        assertThat(Selector.of(text).means(BOT)).isEqualTo(means);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "=prod", "env=", "env=prod,", "env==prod", "env=a,env=b", ","})
    void refusesWhatIsNoSelector(String text) {
        assertThatThrownBy(() -> Selector.of(text)).isInstanceOf(InvalidException.class);
    }
}
