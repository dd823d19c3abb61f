package io.everstate.bot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.external.ReportType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreqtradeMessageTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private final FreqtradeMessage messages = new FreqtradeMessage(new ObjectMapper());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                  | {\"event\": \"exit_fill\", \"pair\": \"A/B\"} | TRADE   |",
                "application/x-www-form-urlencoded | event=entry&pair=BTC%2FUSDT                   | TRADE   |",
                "text/plain                        | event=exit_cancel&reason=timeout              | TRADE   |",
                "application/json                  | {\"event\": \"status\", \"status\": \"running\"} | STATUS | RUNNING",
                "application/x-www-form-urlencoded | event=status&status=process+died              | STATUS  | FAILED",
                "text/plain                        | event=status&status=stopped                   | STATUS  | STOPPED",
                "application/json                  | {\"status\": \"running\"}                     | STATUS  | RUNNING",
                "application/json                  | {\"event\": \"startup\", \"status\": \"*Exchange:* x\"} | STATUS |",
                "application/json                  | {\"event\": \"strategy_msg\", \"msg\": \"x\"} | MESSAGE |",
                "application/x-www-form-urlencoded | value1=Buying+BTC                             | MESSAGE |",
                "text/plain                        | Buying BTC                                    | MESSAGE |",
            })
    void saysWhatItIsAsFarAsItsUserMadeItSaySo(
            String contentType, String body, ReportType type, @Nullable String status) {
        var report = messages.read(contentType, body);

        assertThat(report.type()).isEqualTo(type);
        assertThat(report.status())
                .satisfies(said -> assertThat(String.valueOf(said)).isEqualTo(String.valueOf(status)));
        assertThat(report.content()).isEqualTo(body);
        assertThat(report.origin()).isEqualTo("freqtrade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7", "{\"event\": {\"a\": 1}}", "=&=&%&a", "event=%zz"})
    void isKeptWhateverItIs(String body) {
        assertThat(messages.read("application/json", body).content()).isEqualTo(body);
        assertThat(messages.read(FORM, body).content()).isEqualTo(body);
    }

    @Test
    void isCutToWhatAReportHolds() {
        var report = messages.read("text/plain", "x".repeat(ExternalEvent.LONGEST_CONTENT + 1));

        assertThat(report.content()).hasSize(ExternalEvent.LONGEST_CONTENT);
    }
}
