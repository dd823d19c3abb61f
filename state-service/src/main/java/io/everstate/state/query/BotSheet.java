package io.everstate.state.query;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.external.ExternalState;
import io.everstate.state.parking.ParkedView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bot's state for people, symbol by symbol. */
final class BotSheet {
    private static final int WIDTH = 20;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int CENTS = 2;

    private final StringBuilder text = new StringBuilder();

    private BotSheet() {}

    static String of(BotAnswer answer) {
        var bot = answer.state();
        var sheet = new BotSheet();
        sheet.head(bot, answer.parked());
        if (bot.external() == null) {
            sheet.portfolio(bot);
        } else {
            sheet.elsewhere(bot.external());
        }
        return sheet.text.toString();
    }

    private void head(BotState bot, @Nullable ParkedView parked) {
        var lifecycle = bot.lifecycle();
        line("Bot %s (%s)".formatted(bot.id(), bot.configuration().name()));
        fact("Format version", bot.version());
        fact("Last event", bot.sequence() + " at " + bot.updatedAt());
        fact("Strategy", bot.configuration().strategy());
        fact(
                "Status",
                lifecycle.stopReason() == null
                        ? lifecycle.status()
                        : lifecycle.status() + " (" + lifecycle.stopReason() + ")");
        if (parked != null) {
            fact(
                    "PARKED",
                    "the record at offset %d, %s, is not understood: %s"
                            .formatted(parked.offset(), parked.type(), parked.why()));
        }
        fact("Created", lifecycle.createdAt());
        fact("Session started", Objects.requireNonNullElse(lifecycle.startedAt(), "never"));
        fact("Restarts", lifecycle.restarts());
        fact("Emergency stop", emergency(lifecycle.emergencyStop()));
    }

    private static String emergency(Lifecycle.@Nullable EmergencyStop stop) {
        return stop == null ? "no" : "ACTIVE since " + stop.at() + ": " + stop.reason();
    }

    private void portfolio(BotState bot) {
        var portfolio = bot.portfolio();
        fact("Initial balance", bot.configuration().initialBalance());
        fact("Portfolio", value(portfolio.totalValue(), bot.configuration().initialBalance()));
        fact("Profit", portfolio.totalProfit());
        fact("Trades", portfolio.trades());
        portfolio.symbols().forEach((name, symbol) -> symbol(name, symbol, share(name, bot.configuration())));
    }

    private void symbol(String name, SymbolState symbol, Amount share) {
        line("");
        line(name);
        fact("Balance", symbol.balance());
        fact("Position", symbol.position());
        fact("Position value", symbol.positionValue());
        fact("Entry price", symbol.entryPrice());
        fact("Current price", symbol.currentPrice());
        fact("Total trades", symbol.trades());
        fact("Trades last hour", symbol.tradesLastHour().size());
        fact("Last trade", lastTrade(symbol.lastTradeAt()));
        fact("Total fees", symbol.totalFees());
        fact("Highest value", symbol.highestValue());
        fact("Max loss reached", symbol.maxLossReached() ? "YES" : "no");
        fact("Portfolio", value(symbol.totalValue(), share));
    }

    private static Object lastTrade(@Nullable Instant at) {
        return at == null ? "never" : at;
    }

    /** What the symbol began with: equal shares rounded down, the first gets what rounding leaves. */
    private static Amount share(String symbol, BotConfiguration configuration) {
        var symbols = configuration.symbols();
        var count = Amount.of(Math.max(1, symbols.size()));
        var share = configuration.initialBalance().dividedDownBy(count);
        return symbols.indexOf(symbol) == 0
                ? share.plus(configuration.initialBalance().minus(share.times(count)))
                : share;
    }

    /** With the change in percent: {@code 10123 (+1.23 %)}. */
    private static String value(Amount now, Amount before) {
        if (!before.isPositive()) {
            return now.toString();
        }
        var change = now.value()
                .subtract(before.value())
                .multiply(HUNDRED)
                .divide(before.value(), CENTS, RoundingMode.HALF_EVEN);
        return "%s (%s%s %%)".formatted(now, change.signum() < 0 ? "" : "+", change.toPlainString());
    }

    private void elsewhere(ExternalState external) {
        fact("Runs elsewhere", external.status() == null ? "reported no status" : external.status());
        var heartbeat = external.heartbeat();
        fact("Last heartbeat", heartbeat == null ? "never" : heartbeat.at());
        fact("Reports", external.reports());
        fact("Documents", external.documents());
    }

    private void fact(String name, Object value) {
        line("   " + (name + ":" + " ".repeat(Math.max(1, WIDTH - name.length()))) + value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
