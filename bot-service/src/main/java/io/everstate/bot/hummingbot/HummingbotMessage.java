package io.everstate.bot.hummingbot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.external.ReportType;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/** What hummingbot publishes beside its heartbeats, as a report. The content is kept as it came. */
final class HummingbotMessage {
    private static final Logger LOG = Logger.getLogger(HummingbotMessage.class);
    private final ObjectMapper json;

    HummingbotMessage(ObjectMapper json) {
        this.json = json;
    }

    /** @param channel the last part of the topic, {@code events} or {@code status_updates} */
    ExternalReported read(String channel, byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8);
        var content = text.substring(0, Math.min(text.length(), ExternalEvent.LONGEST_CONTENT));
        return new ExternalReported(type(channel, content), null, "hummingbot", "application/json", content);
    }

    private ReportType type(String channel, String text) {
        if (!channel.equals("events")) {
            return ReportType.STATUS;
        }
        return typeOf(text).contains("Order") ? ReportType.TRADE : ReportType.MESSAGE;
    }

    private String typeOf(String text) {
        try {
            var tree = json.readTree(text);
            return tree == null ? "" : tree.path("type").asText();
        } catch (JsonProcessingException e) {
            LOG.debug("an event that is no JSON is kept as it is", e);
            return "";
        }
    }
}
