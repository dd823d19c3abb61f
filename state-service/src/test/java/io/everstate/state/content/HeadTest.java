package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {
    private static final String ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";
    private static final Head HEAD = new Head(BotId.of(ID), 7);

    private static Head head(String line) {
        return Head.of(line.replace("ID", '"' + ID + '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":1,\"id\":ID,\"configuration\":{\"sequence\":3,\"id\":[{\"id\":4}]},\"sequence\":7,\"x\":1}",
                "{\"sequence\":7,\"id\":ID}",
                " { \"sequence\" : 7 , \"deep\":[[{\"id\":1}]], \"id\" : ID }",
            })
    void isFoundAtItsPlaceWhateverStandsAround(String line) {
        assertThat(head(line)).isEqualTo(HEAD);
    }

    /** It is what makes a look at many lines cheap. */
    @Test
    void nothingBehindItIsLookedAt() {
        assertThat(head("{\"id\":ID,\"sequence\":7,\"portfolio\":{\"trades\":[no JSON"))
                .isEqualTo(HEAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"id\":ID}",
                "{\"sequence\":7}",
                "{\"id\":\"no id\",\"sequence\":7}",
                "{\"id\":ID,\"sequence\":\"7\"}",
                "{\"id\":null,\"sequence\":7}",
                "{\"id\":ID,\"configuration\":{\"sequence\":7}}",
                "{\"id\":ID,\"sequ"
            })
    void whatHasNoneIsRefused(String line) {
        assertThatThrownBy(() -> head(line)).isInstanceOf(UnreadableRecordException.class);
    }
}
