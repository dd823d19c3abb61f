package io.everstate.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everstate.cli.client.Bots.Shown;
import io.everstate.cli.console.Json;
import io.everstate.cli.console.Table;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.view.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Many bots for people, a line each. */
final class FleetSheet {

    private FleetSheet() {}

    static String of(Page<BotState> bots) {
        Table table = new Table("ID", "NAME", "STRATEGY", "STATUS", "TRADES", "VALUE", "PROFIT", "RESTARTS");
        for (BotState bot : bots.items()) {
            table.row(
                    bot.id(),
                    bot.configuration().name(),
                    bot.configuration().strategy(),
                    status(bots, bot),
                    bot.portfolio().trades(),
                    bot.portfolio().totalValue(),
                    bot.portfolio().totalProfit(),
                    bot.lifecycle().restarts());
        }
        unseen(bots).forEach((bot, _) -> table.row(bot, "?", "?", "PARKED at its first record", "", "", "", ""));
        return table.render() + parkings(bots);
    }

    /** Below the table, in whose columns there is no room for a sentence. */
    private static String parkings(Page<BotState> bots) {
        if (bots.parked() == null) {
            return "";
        }
        return new TreeMap<>(bots.parked())
                .entrySet().stream()
                        .map(parked -> "\nBot " + parked.getKey() + " is parked: " + ParkedBots.why(parked.getValue()))
                        .collect(Collectors.joining("", "\n", ""));
    }

    /** Parked bots of which nothing is known but that: their first record is not understood. */
    private static Map<String, Parking> unseen(Page<BotState> bots) {
        Map<String, Parking> unseen = new TreeMap<>(bots.parked() == null ? Map.of() : bots.parked());
        bots.items().forEach(bot -> unseen.remove(bot.id().toString()));
        return unseen;
    }

    private static @Nullable Instant savedAt(Page<BotState> bots, BotState bot) {
        return bots.degraded() == null
                ? null
                : bots.degraded().savedAt().get(bot.id().toString());
    }

    /** For programs: each bot as bot-service shows it alone, a parked one with the record beyond which nothing of it is known. */
    static List<JsonNode> json(Page<BotState> bots) {
        List<JsonNode> items = new ArrayList<>();
        for (BotState bot : bots.items()) {
            items.add(Json.MAPPER.valueToTree(new Shown(bot, parking(bots, bot))));
        }
        unseen(bots).forEach((bot, parking) -> {
            ObjectNode item = Json.MAPPER.createObjectNode().put("id", bot);
            item.set("parked", Json.MAPPER.valueToTree(parking));
            items.add(item);
        });
        return items;
    }

    private static @Nullable Parking parking(Page<BotState> bots, BotState bot) {
        return bots.parked() == null ? null : bots.parked().get(bot.id().toString());
    }

    private static String status(Page<BotState> bots, BotState bot) {
        String status = status(bot, savedAt(bots, bot));
        return parking(bots, bot) == null ? status : ParkedBots.status(status);
    }

    private static String status(BotState bot, @Nullable Instant savedAt) {
        String status = bot.lifecycle().emergencyStop() == null
                ? bot.lifecycle().status().toString()
                : "EMERGENCY STOP";
        if (savedAt != null) {
            return "UNKNOWN, was " + status + " at " + savedAt.truncatedTo(ChronoUnit.SECONDS);
        }
        Absence absence = bot.lifecycle().absence();
        return absence == null || absence.notReturned() == null ? status : "NOT RETURNED";
    }
}
