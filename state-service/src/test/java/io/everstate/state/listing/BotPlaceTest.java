package io.everstate.state.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotPlaceTest {
    private static final BotId BOT = BotId.of("0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55");

    @ParameterizedTest
    @CsvSource({
        "id, 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55",
        "-id, 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55",
        "name, 'a: b:c'",
        "-profit, -12.5",
        "trades, 41",
        "lastActivity, 1790000000000"
    })
    void readsWhatItWrote(String sort, String key) {
        var place = new BotPlace(BotOrder.of(sort), key, BOT);

        assertThat(BotPlace.parse(place.toString(), BotOrder.of(sort))).isEqualTo(place);
    }

    @Test
    void isTheBotsIdInAListByIds() {
        assertThat(new BotPlace(BotOrder.OLDEST_FIRST, BOT.toString(), BOT)).hasToString(BOT.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "41",
                "-profit",
                "-profit:0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55",
                "profit:0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55:1",
                "-profit:nobody:1",
                "-profit:0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55:much",
                "-profit:0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55:1e99999"
            })
    void refusesAPlaceInAnotherListOrInNone(String text) {
        var code = Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> BotPlace.parse(code, BotOrder.of("-profit")))
                .isInstanceOf(InvalidException.class)
                .hasMessage("after must be `next` of a page that was sorted by -profit");
    }

    @Test
    void refusesWhatIsNoBase64() {
        assertThatThrownBy(() -> BotPlace.parse("§", BotOrder.of("name"))).isInstanceOf(InvalidException.class);
    }
}
