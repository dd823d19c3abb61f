package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.SymbolState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bot with a past elsewhere, as it is to be made here: by one event that carries all of it.
 *
 * @param id null when it has none: then it follows from the idempotency key
 * @param source where it comes from, in a few words; becomes the reason of its first event
 * @param lifecycle of a stopped bot
 * @param symbols of a bot that is to be hosted here, by the markets of its configuration; their feed has not begun
 * @param document of a bot that runs elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BotImport(
        @Nullable BotId id,
        BotKind kind,
        String source,
        BotConfiguration configuration,
        Lifecycle lifecycle,
        Map<String, SymbolState> symbols,
        @Nullable Content document) {

    /** @param base64 the bytes */
    public record Content(String contentType, String base64) {}
}
