package io.everstate.cli.fleet;

import io.everstate.cli.client.Bots.Shown;
import io.everstate.cli.console.Spans;
import io.everstate.cli.console.Table;
import io.everstate.contracts.bot.Absence;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One bot for people: what it is, how it stands, and each of its markets. */
final class BotSheet {

    private BotSheet() {}

    static String of(Shown shown, Instant now) {
        BotState bot = shown.bot();
        BotConfiguration configuration = bot.configuration();
        Table facts = new Table("BOT", bot.id().toString());
        facts.row("name", configuration.name());
        facts.row("strategy", configuration.strategy() + " " + configuration.parameters());
        if (shown.parked() == null) {
            facts.row("status", status(bot.lifecycle()));
        } else {
            facts.row("status", ParkedBots.status(status(bot.lifecycle())));
            facts.row("parked by", ParkedBots.why(shown.parked()));
        }
        facts.row(
                "configuration",
                "version " + bot.configurationVersion().number() + ", labels " + configuration.labels());
        facts.row("restart policy", configuration.restartPolicy());
        facts.row("restarts", bot.lifecycle().restarts());
        facts.row("running time", Spans.of(bot.lifecycle().runningTimeUntil(now)));
        facts.row("value", bot.portfolio().totalValue() + " (began with " + configuration.initialBalance() + ")");
        facts.row("profit", bot.portfolio().totalProfit());
        Absence absence = bot.lifecycle().absence();
        if (absence != null && absence.notReturned() != null) {
            facts.row("NOT RETURNED", absence.notReturned().reason());
        }
        if (absence != null && absence.lastReturn() != null) {
            facts.row("last long pause", pause(absence.lastReturn()));
        }
        facts.row("newest event", bot.sequence() + " at " + bot.updatedAt().truncatedTo(ChronoUnit.SECONDS));
        return facts.render() + "\n\n" + markets(bot).render();
    }

    private static String status(Lifecycle lifecycle) {
        Lifecycle.EmergencyStop emergency = lifecycle.emergencyStop();
        if (emergency != null) {
            return "EMERGENCY STOP since " + emergency.at().truncatedTo(ChronoUnit.SECONDS) + ": " + emergency.reason();
        }
        return lifecycle.stopReason() == null
                ? lifecycle.status().toString()
                : lifecycle.status() + " (" + lifecycle.stopReason() + ")";
    }

    private static String pause(Absence.Return pause) {
        return Spans.of(Duration.between(pause.since(), pause.at())) + " until "
                + pause.at().truncatedTo(ChronoUnit.SECONDS) + ", value " + pause.valueBefore() + " -> "
                + pause.valueNow();
    }

    private static Table markets(BotState bot) {
        Table table = new Table("MARKET", "BALANCE", "POSITION", "ENTRY", "PRICE", "VALUE", "PROFIT", "FEES", "TRADES");
        bot.portfolio()
                .symbols()
                .forEach((name, symbol) -> table.row(
                        name,
                        symbol.balance(),
                        symbol.position(),
                        symbol.entryPrice(),
                        symbol.currentPrice(),
                        symbol.totalValue(),
                        symbol.realisedProfit().plus(symbol.unrealisedProfit()),
                        symbol.totalFees(),
                        symbol.trades()));
        return table;
    }
}
