package io.everstate.bot.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.bot.BotEvent.ExternalEvent;
import io.everstate.contracts.bot.BotEvent.ExternalEvent.ExternalReported;
import io.everstate.contracts.external.ReportType;
import io.everstate.contracts.external.ReportedStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What freqtrade's webhook sends. Its fields are what its user's configuration makes them, all of them texts, and nothing says which message
 * it was; the snippet that the command line prints puts that into a field {@code event}. What says nothing of itself is a message.
 */
final class FreqtradeMessage {
    private static final Logger LOG = Logger.getLogger(FreqtradeMessage.class);
    private static final String ORIGIN = "freqtrade";

    private final ObjectMapper json;

    FreqtradeMessage(ObjectMapper json) {
        this.json = json;
    }

    /** The report that is made of it; its content is the body as it came, cut to what a report can hold. */
    ExternalReported read(String contentType, String body) {
        var fields = fields(contentType, body);
        var event = fields.getOrDefault("event", "").toLowerCase(Locale.ROOT);
        var content =
                body.length() > ExternalEvent.LONGEST_CONTENT ? body.substring(0, ExternalEvent.LONGEST_CONTENT) : body;
        return new ExternalReported(
                type(event, fields), status(fields.get("status")).orElse(null), ORIGIN, contentType, content);
    }

    private static ReportType type(String event, Map<String, String> fields) {
        if (event.startsWith("entry") || event.startsWith("exit")) {
            return ReportType.TRADE;
        }
        return (event.isEmpty() && !fields.containsKey("status")) || event.startsWith("strategy_msg")
                ? ReportType.MESSAGE
                : ReportType.STATUS;
    }

    /** Its words for what it is; its other status messages are sentences, which say nothing of that. */
    private static Optional<ReportedStatus> status(@Nullable String text) {
        return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
            case "running" -> Optional.of(ReportedStatus.RUNNING);
            case "stopped" -> Optional.of(ReportedStatus.STOPPED);
            case "process died" -> Optional.of(ReportedStatus.FAILED);
            default -> Optional.empty();
        };
    }

    private Map<String, String> fields(String contentType, String body) {
        if (contentType.startsWith("application/json")) {
            return jsonFields(body);
        }
        return body.contains("=") ? formFields(body) : Map.of();
    }

    private Map<String, String> jsonFields(String body) {
        var fields = new HashMap<String, String>();
        try {
            var tree = json.readTree(body);
            (tree == null ? json.nullNode() : tree)
                    .properties()
                    .forEach(field -> put(fields, field.getKey(), field.getValue()));
        } catch (JsonProcessingException e) {
            LOG.debug("a message that is no JSON is kept as it is", e);
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, JsonNode value) {
        if (value.isValueNode()) {
            fields.put(name, value.asText());
        }
    }

    /** Also of {@code raw} messages that are written in this way. */
    private static Map<String, String> formFields(String body) {
        var fields = new HashMap<String, String>();
        for (var pair : body.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            LOG.debug("a field that is not encoded is taken as it is", e);
            return text;
        }
    }
}
