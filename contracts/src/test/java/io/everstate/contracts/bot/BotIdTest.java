package io.everstate.contracts.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bot-1",
                "1-1-1-1-1",
                "019a9b536e007c3d8a552f6b9e0d1c11",
                "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c1g",
                "019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11 "
            })
    void refusesEverythingButAWholeUuid(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotId.of(text))
                .withMessage("\"" + text + "\" is not a bot's id (a UUID)");
    }

    @Test
    void isOneBotInCapitalsAndNot() {
        assertThat(BotId.of("019A9B53-6E00-7C3D-8A55-2F6B9E0D1C11"))
                .isEqualTo(BotId.of("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11"))
                .hasToString("019a9b53-6e00-7c3d-8a55-2f6b9e0d1c11");
    }

    @Test
    void isOrderedAsItsText() {
        assertThat(BotId.of("f0000000-0000-7000-8000-000000000000"))
                .isGreaterThan(BotId.of("10000000-0000-7000-8000-000000000000"));
    }
}
