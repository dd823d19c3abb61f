package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.BotId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bots that run elsewhere and report to bot-service. */
public final class ExternalBots {

    private final ServiceClient owner;

    public ExternalBots(Services services) {
        this.owner = services.of(ServiceName.BOT);
    }

    public record NewExternalBot(String name, String system, Map<String, String> labels, List<String> dependsOn) {}

    /** @param token null when nobody has it any more */
    public record Token(BotId bot, String name, @Nullable String token, String note) {}

    public Token register(NewExternalBot bot) {
        return owner.post("/api/v1/external-bots", bot, new TypeReference<>() {});
    }

    public Token anotherToken(String id) {
        return owner.post("/api/v1/external-bots/" + encoded(id) + "/token", null, new TypeReference<>() {});
    }

    /** @param format form, json or raw */
    public JsonNode freqtradeConfiguration(String id, String format) {
        return owner.get(
                "/api/v1/ingest/freqtrade/" + encoded(id) + "/configuration?format=" + encoded(format),
                new TypeReference<>() {});
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
