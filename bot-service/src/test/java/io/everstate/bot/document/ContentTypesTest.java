package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.contracts.problem.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a/b", "text/plain; charset=utf-8", "application/vnd.sqlite3"})
    void aTypeIsTakenAndGivenBackAsItIs(String type) {
        assertThat(ContentTypes.accepted(type, "contentType")).isEqualTo(type);
        assertThat(ContentTypes.given(type)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nonsense", "a/", "*/*", "a/*", "a/b\r\nSet-Cookie: c=d", "a/ä"})
    void whatIsNoTypeIsRefusedAndGivenBackAsBytes(String text) {
        var refusal = catchThrowableOfType(InvalidException.class, () -> ContentTypes.accepted(text, "contentType"));

        assertThat(refusal).isNotNull();
        assertThat(ContentTypes.given(text)).isEqualTo("application/octet-stream");
    }

    @Test
    void aTypeIsNoText() {
        assertThat(ContentTypes.given("a/" + "b".repeat(200))).isEqualTo("application/octet-stream");
    }

    @Test
    void whatHasNoTypeIsBytes() {
        assertThat(ContentTypes.accepted(null, "Content-Type")).isEqualTo("application/octet-stream");
    }
}
