package io.everstate.state.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.Lifecycle.EmergencyStop;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.view.BotImport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON by a {@link Mapping}. What a bot that is to be hosted here has and the mapping does not name is refused, not left out. */
final class MappedFile {
    private static final Amount FEE_RATE = Amount.of("0.001");

    private final Origin origin;
    private final Mapping mapping;
    private final Instant now;
    private final Remarks remarks;

    /** @param now for times that the file does not have */
    MappedFile(Origin origin, Mapping mapping, Instant now) {
        this.origin = origin;
        this.mapping = mapping;
        this.now = now;
        this.remarks = origin.reading().remarks();
    }

    List<Draft> read() {
        requireVersion();
        var drafts = new ArrayList<Draft>();
        for (var bot : parts(
                "bots", origin.file().root(), mapping.bots() == null ? "" : mapping.bots(), mapping.bots() == null)) {
            drafts.add(draft(bot));
        }
        if (drafts.isEmpty()) {
            remarks.wrong("mapping.bots", "leads to no bot");
        }
        remarks.require();
        return List.copyOf(drafts);
    }

    private void requireVersion() {
        var version = mapping.version();
        if (version == null) {
            return;
        }
        var found = origin.file().root().at(version.at());
        if (!version.known().contains(found.asText())) {
            remarks.wrong(
                    version.at(),
                    "\"%s\" is not known, only %s; the file stays as it is".formatted(found.asText(), version.known()));
            remarks.require();
        }
    }

    /** Objects, by their names or numbers. */
    private List<Places> parts(String what, ObjectNode from, String pointer, boolean whole) {
        var found = from.at(pointer);
        var parts = new ArrayList<Places>();
        if (whole && found instanceof ObjectNode one) {
            parts.add(new Places(what, one, origin.reading()));
        } else if (found.isObject()) {
            found.properties().forEach(entry -> add(parts, entry.getKey(), entry.getValue(), pointer));
        } else if (found.isArray()) {
            for (int i = 0; i < found.size(); i++) {
                add(parts, Integer.toString(i), found.get(i), pointer);
            }
        } else {
            remarks.wrong(pointer, "must be an object or a list of " + what);
        }
        return parts;
    }

    private void add(List<Places> parts, String key, JsonNode value, String pointer) {
        if (value instanceof ObjectNode object) {
            parts.add(new Places(key, object, origin.reading()));
        } else {
            remarks.wrong(pointer + "/" + key, "must be an object");
        }
    }

    private Draft draft(Places bot) {
        var at = mapping.bot();
        var trading = mapping.kind() == BotKind.TRADING;
        var symbols = trading ? symbols(bot) : Map.<String, SymbolState>of();
        var secrets = new ArrayList<String>();
        var lifecycle = lifecycle(bot);
        var id = bot.text(at.get("id")).map(text -> id(bot, text)).orElse(null);
        var initial = trading ? bot.amount(at.get("initialBalance")).orElseGet(() -> worth(symbols)) : Amount.ZERO;
        var configuration = configuration(bot, symbols, initial);
        if (trading) {
            bot.requireAllKnown(mapping.ignored(), mapping.symbols());
        }
        var document = trading ? null : document(bot, secrets);
        var notes = secrets.isEmpty()
                ? List.<String>of()
                : List.of("secrets are not taken over: " + String.join(", ", secrets));
        var source = origin.source("by a mapping");
        return new Draft(
                bot.key(),
                new BotImport(id, mapping.kind(), source, configuration, lifecycle, symbols, document),
                notes);
    }

    private BotConfiguration configuration(Places bot, Map<String, SymbolState> symbols, Amount initial) {
        var at = mapping.bot();
        var system = mapping.kind() == BotKind.TRADING ? origin.strategy() : "imported";
        return new BotConfiguration(
                bot.text(at.get("name")).orElse(mapping.bots() == null ? origin.name() : bot.key()),
                bot.text(at.get("strategy")).orElse(system),
                List.copyOf(symbols.keySet()),
                initial,
                mapping.kind() == BotKind.TRADING ? FEE_RATE : Amount.ZERO,
                Map.of(),
                RestartPolicy.MANUAL,
                null,
                Map.of("imported-from", "mapping", "imported-file", origin.label()));
    }

    private Lifecycle lifecycle(Places bot) {
        var at = mapping.bot();
        var created = bot.time(at.get("createdAt"));
        var started = bot.time(at.get("startedAt"));
        var stopped = bot.time(at.get("stoppedAt"));
        var emergency = bot.text(at.get("emergencyReason"));
        var restarts = bot.count(at.get("restarts"));
        return new Lifecycle(
                BotStatus.STOPPED,
                created.or(() -> started).orElse(now),
                started.orElse(null),
                stopped.orElse(null),
                started.isEmpty() ? null : emergency.isPresent() ? StopReason.EMERGENCY : StopReason.RESTART,
                (int) Math.min(restarts, Integer.MAX_VALUE),
                Duration.ofSeconds(bot.count(at.get("runningSeconds"))),
                emergency
                        .map(reason -> new EmergencyStop(reason, stopped.orElse(now)))
                        .orElse(null));
    }

    private static @Nullable BotId id(Places bot, String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            bot.wrong("id", "must be a UUID");
            return null;
        }
    }

    private Map<String, SymbolState> symbols(Places bot) {
        var symbols = new LinkedHashMap<String, SymbolState>();
        var pointer = mapping.symbols() == null ? "" : mapping.symbols();
        for (var symbol : parts("symbols", bot.node(), pointer, false)) {
            var at = mapping.symbol();
            var name = origin.market(symbol.text(at.get("name")).orElse(symbol.key()));
            if (symbols.put(name, symbol(symbol, at)) != null) {
                symbol.wrong("name", "is " + name + ", which another one is too");
            }
            symbol.requireAllKnown(List.of(), null);
        }
        return symbols;
    }

    private static SymbolState symbol(Places symbol, Map<String, String> at) {
        var balance = symbol.amount(at.get("balance")).orElse(Amount.ZERO);
        var position = symbol.amount(at.get("position")).orElse(Amount.ZERO);
        var entry = symbol.amount(at.get("entryPrice")).orElse(Amount.ZERO);
        var price = symbol.amount(at.get("currentPrice")).orElse(entry);
        var value = balance.plus(position.times(price));
        return new SymbolState(
                balance,
                position,
                position.isZero() ? Amount.ZERO : entry,
                price,
                symbol.amount(at.get("totalFees")).orElse(Amount.ZERO),
                symbol.signed(at.get("realisedProfit")).orElse(Amount.ZERO),
                symbol.count(at.get("trades")),
                symbol.time(at.get("lastTradeAt")).orElse(null),
                List.of(),
                symbol.flag(at.get("maxLossReached")),
                symbol.amount(at.get("highestValue")).orElse(value).max(value),
                -1);
    }

    /** Of a bot of which nobody says with how much it began: what it has. */
    private static Amount worth(Map<String, SymbolState> symbols) {
        return symbols.values().stream().map(SymbolState::totalValue).reduce(Amount.ZERO, Amount::plus);
    }

    private static BotImport.Content document(Places bot, List<String> secrets) {
        ObjectNode copy = bot.node().deepCopy();
        secrets.addAll(Secrets.leaveOut(copy));
        try {
            var bytes = JsonFile.MAPPER.writeValueAsBytes(copy);
            return new BotImport.Content("application/json", Base64.getEncoder().encodeToString(bytes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }
}
