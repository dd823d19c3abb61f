package io.everstate.bot.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of freqtrade's configuration that makes it report here. Each message says in a field {@code event} what it is; the fields are
 * those that freqtrade fills in for that message, as its documentation lists them.
 */
final class FreqtradeSnippet {
    /** Stands for the token, which nobody here has. */
    static final String TOKEN = "<token>";

    private static final List<String> ENTRY = List.of(
            "trade_id",
            "exchange",
            "pair",
            "direction",
            "open_rate",
            "amount",
            "stake_amount",
            "stake_currency",
            "enter_tag");
    private static final List<String> EXIT = List.of(
            "trade_id",
            "exchange",
            "pair",
            "direction",
            "open_rate",
            "close_rate",
            "amount",
            "profit_amount",
            "profit_ratio",
            "exit_reason",
            "stake_currency");
    private static final List<String> STATUS = List.of("status");
    private static final Map<String, List<String>> MESSAGES = messages();

    private FreqtradeSnippet() {}

    /** The three ways in which freqtrade can send. */
    enum Format {
        FORM,
        JSON,
        RAW
    }

    private static Map<String, List<String>> messages() {
        var messages = new LinkedHashMap<String, List<String>>();
        List.of("entry", "entry_fill").forEach(event -> messages.put(event, ENTRY));
        messages.put("entry_cancel", List.of("trade_id", "pair", "reason"));
        List.of("exit", "exit_fill").forEach(event -> messages.put(event, EXIT));
        messages.put("exit_cancel", List.of("trade_id", "pair", "reason"));
        List.of("status", "startup", "warning", "exception").forEach(event -> messages.put(event, STATUS));
        messages.put("strategy_msg", List.of("msg"));
        return messages;
    }

    /** To be pasted into freqtrade's configuration, with the token in its place. */
    static Map<String, Object> of(String url, Format format) {
        var webhook = new LinkedHashMap<String, Object>();
        webhook.put("enabled", true);
        webhook.put("url", url);
        webhook.put("format", format.name().toLowerCase(Locale.ROOT));
        webhook.put("retries", 2);
        webhook.put("retry_delay", 0.2);
        webhook.put("timeout", 2);
        webhook.put("allow_custom_messages", true);
        MESSAGES.forEach((event, fields) -> webhook.put(event, template(event, fields, format)));
        return Map.of("webhook", webhook);
    }

    private static Map<String, String> template(String event, List<String> fields, Format format) {
        if (format == Format.RAW) {
            var texts = fields.stream()
                    .map(field -> "&" + field + "={" + field + "}")
                    .collect(Collectors.joining());
            return Map.of("data", "event=" + event + texts);
        }
        var template = new LinkedHashMap<String, String>();
        template.put("event", event);
        fields.forEach(field -> template.put(field, "{" + field + "}"));
        return template;
    }
}
