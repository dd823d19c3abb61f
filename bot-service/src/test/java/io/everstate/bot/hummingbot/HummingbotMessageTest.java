package io.everstate.bot.hummingbot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.external.ReportType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HummingbotMessageTest {
    private final HummingbotMessage messages = new HummingbotMessage(new ObjectMapper());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "events | {\"timestamp\": 1667328229, \"type\": \"OrderFilled\", \"data\": {}} | TRADE",
                "events | {\"timestamp\": 1667328229, \"type\": \"FundingPaymentCompleted\", \"data\": {}} | MESSAGE",
                "events | no JSON | MESSAGE",
                "status_updates | {\"timestamp\": 1667328229, \"type\": \"hbapp\", \"msg\": \"x\"} | STATUS",
            })
    void isATradeWhenItTellsOfAnOrder(String channel, String payload, ReportType type) {
        var report = messages.read(channel, payload.getBytes(StandardCharsets.UTF_8));

        assertThat(report.type()).isEqualTo(type);
        assertThat(report.content()).isEqualTo(payload);
        assertThat(report.origin()).isEqualTo("hummingbot");
    }

    @Test
    void isCutToWhatAReportHolds() {
        var report = messages.read("events", new byte[ExternalEvent.LONGEST_CONTENT + 5]);

        assertThat(report.content()).hasSize(ExternalEvent.LONGEST_CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"hbot/a/hb, true", "hbot/a/log, false", "hbot/a, false", "hbot/a/hb/x, false", "'', false"})
    void comesOnTheTopicsThatAreListenedTo(String topic, boolean known) {
        assertThat(HummingbotTopic.of(topic)
                        .map(HummingbotTopic::toString)
                        .filter(topic::equals)
                        .isPresent())
                .isEqualTo(known);
    }
}
