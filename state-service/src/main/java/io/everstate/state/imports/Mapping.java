package io.everstate.state.imports;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.contracts.bot.BotKind;
import io.everstate.state.platform.Invalid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What means what in a file of a format of its own. All places are JSON pointers (RFC 6901).
 *
 * @param mapping version of this format: 1
 * @param kind of the bots
 * @param version where the file's version is, and which are known; null = it has none
 * @param bots an object or a list of bots; null = the whole file is one bot
 * @param bot where a bot's fields are, from the bot: id, name, strategy, createdAt, startedAt, stoppedAt, restarts, runningSeconds,
 *     emergencyReason, initialBalance
 * @param symbols of a bot that is to be hosted: an object by symbol, or a list, from the bot
 * @param symbol where a symbol's fields are, from the symbol: name, balance, position, entryPrice, currentPrice, totalFees,
 *     realisedProfit, trades, lastTradeAt, highestValue, maxLossReached
 * @param ignored fields that are known and not wanted, from the bot; all below them too
 */
record Mapping(
        int mapping,
        BotKind kind,
        @Nullable Version version,
        @Nullable String bots,
        Map<String, String> bot,
        @Nullable String symbols,
        Map<String, String> symbol,
        List<String> ignored) {
    static final int PRESENT = 1;
    private static final List<String> BOT_FIELDS = List.of(
            "id",
            "name",
            "strategy",
            "createdAt",
            "startedAt",
            "stoppedAt",
            "restarts",
            "runningSeconds",
            "emergencyReason",
            "initialBalance");
    private static final List<String> SYMBOL_FIELDS = List.of(
            "name",
            "balance",
            "position",
            "entryPrice",
            "currentPrice",
            "totalFees",
            "realisedProfit",
            "trades",
            "lastTradeAt",
            "highestValue",
            "maxLossReached");

    record Version(String at, List<String> known) {}

    Mapping {
        bot = bot == null ? Map.of() : Map.copyOf(bot);
        symbol = symbol == null ? Map.of() : Map.copyOf(symbol);
        ignored = ignored == null ? List.of() : List.copyOf(ignored);
    }

    static Mapping of(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            throw Invalid.field("mapping", "must be given for the format MAPPED");
        }
        try {
            var mapping = JsonFile.MAPPER.treeToValue(json, Mapping.class);
            mapping.require();
            return mapping;
        } catch (JsonProcessingException e) {
            throw Invalid.field("mapping", "cannot be taken: " + e.getOriginalMessage());
        }
    }

    private void require() {
        if (mapping != PRESENT) {
            throw Invalid.field("mapping.mapping", "must be " + PRESENT);
        }
        if (kind == null) {
            throw Invalid.field("mapping.kind", "must be TRADING or EXTERNAL");
        }
        requireFields("mapping.bot", bot, BOT_FIELDS);
        requireFields("mapping.symbol", symbol, SYMBOL_FIELDS);
        if (kind == BotKind.TRADING && (symbols == null || !symbol.containsKey("balance"))) {
            throw Invalid.field(
                    "mapping.symbols", "and mapping.symbol.balance must say where a hosted bot's holdings are");
        }
        pointer("mapping.bots", bots == null ? "" : bots);
        pointer("mapping.symbols", symbols == null ? "" : symbols);
        ignored.forEach(place -> pointer("mapping.ignored", place));
    }

    private static void requireFields(String name, Map<String, String> fields, List<String> known) {
        fields.forEach((field, place) -> {
            if (!known.contains(field)) {
                throw Invalid.field(name + "." + field, "is not among " + known);
            }
            pointer(name + "." + field, place);
        });
    }

    private static void pointer(String field, String text) {
        try {
            var _ = JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(field, "must be a JSON pointer as /bots/0");
        }
    }
}
