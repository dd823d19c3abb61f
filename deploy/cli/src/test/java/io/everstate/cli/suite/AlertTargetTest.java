package io.everstate.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTargetTest {

    private static final String NONE = "kept in recovery-service only; set EVERSTATE_ALERTS_WEBHOOK_URL for a chat";

    @Test
    void tellsHowToGetThemIntoAChat() {
        assertThat(AlertTarget.in(Map.of())).isEqualTo(NONE);
        assertThat(AlertTarget.in(Map.of(AlertTarget.VARIABLE, " "))).isEqualTo(NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.chat.example/services/T0/secret, hooks.chat.example",
        "https://name:secret@chat.example:8443/hook?token=secret, chat.example",
    })
    void showsTheHostOfTheChatAndNothingElseOfItsAddress(String address, String host) {
        assertThat(AlertTarget.in(Map.of(AlertTarget.VARIABLE, address))).isEqualTo("to the chat at " + host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example/secret", "https://chat example/secret", "secret"})
    void showsNothingOfWhatIsNoAddress(String address) {
        assertThat(AlertTarget.in(Map.of(AlertTarget.VARIABLE, address)))
                .isEqualTo("to no chat: EVERSTATE_ALERTS_WEBHOOK_URL is no http or https address");
    }
}
