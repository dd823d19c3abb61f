package io.everstate.state.fleet;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.state.fold.ListColumns;
import java.util.UUID;

/**
 * What bots are filtered, sorted and added up by, of one of them: what stands beside the state in its row.
 *
 * @param partition that has the row
 * @param lastActivity in milliseconds since 1970
 * @param defaultArbitrage whether it has that label; asked of each bot for the sums, for which its labels would have to be fetched from all over the heap
 */
public record BotFigures(
        UUID id,
        int partition,
        BotStatus status,
        BotKind kind,
        boolean emergency,
        long trades,
        long restarts,
        Amount profit,
        long lastActivity,
        boolean defaultArbitrage,
        BotConfiguration configuration) {
    public static BotFigures of(int partition, BotState bot) {
        var lifecycle = bot.lifecycle();
        return new BotFigures(
                bot.id().value(),
                partition,
                lifecycle.status(),
                bot.kind(),
                lifecycle.emergencyStop() != null,
                bot.portfolio().trades(),
                lifecycle.restarts(),
                bot.portfolio().totalProfit(),
                ListColumns.lastActivity(bot),
                "default-arbitrage".equals(bot.configuration().labels().get("everstate")),
                bot.configuration());
    }

    /** As its column has it. */
    public String strategy() {
        return ListColumns.text(configuration.strategy());
    }

    /** As its column has it. */
    public String name() {
        return ListColumns.text(configuration.name());
    }

    /** @param label as the column has it: {@code name=value} */
    public boolean hasLabel(String label) {
        for (var one : configuration.labels().entrySet()) {
            if (ListColumns.isLabel(one.getKey(), one.getValue(), label)) {
                return true;
            }
        }
        return false;
    }
}
