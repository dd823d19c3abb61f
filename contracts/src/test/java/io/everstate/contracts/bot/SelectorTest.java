package io.everstate.contracts.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotEvent.BotCreated;
import io.everstate.contracts.problem.InvalidException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final BotState BOT =
            BotState.created(new BotId(UUID.randomUUID()), new BotCreated(BotKind.TRADING, labelled()), AT);

    private static BotConfiguration labelled() {
        return new BotConfiguration(
                "sample",
                "sma-cross",
                List.of("BTC/USD"),
                Amount.of(1000),
                Amount.ZERO,
                Map.of(),
                RestartPolicy.RESUME,
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
