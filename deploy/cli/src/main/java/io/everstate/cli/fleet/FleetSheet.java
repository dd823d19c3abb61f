package io.everstate.cli.fleet;

import io.everstate.cli.console.Table;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
                    status(bot, savedAt(bots, bot)),
                    bot.portfolio().trades(),
                    bot.portfolio().totalValue(),
                    bot.portfolio().totalProfit(),
                    bot.lifecycle().restarts());
        }
        return table.render();
    }

    private static @Nullable Instant savedAt(Page<BotState> bots, BotState bot) {
        return bots.degraded() == null
                ? null
                : bots.degraded().savedAt().get(bot.id().toString());
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
