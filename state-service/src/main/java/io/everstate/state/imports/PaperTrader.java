package io.everstate.state.imports;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Lifecycle;
import io.everstate.contracts.bot.Lifecycle.EmergencyStop;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.StopReason;
import io.everstate.contracts.bot.SymbolState;
import io.everstate.contracts.view.BotImport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code safe_multi_symbol_state.json}, version 1.0: one bot that trades several symbols on paper, each with the initial balance of its own.
 *
 * <p>Its {@code position} is a share of the trader's value, 0.3 = 30 %, unless {@code position x current_price} is its {@code position_value}:
 * what it holds is {@code position_value / current_price}, rounded to 8 places. The difference in value, which is less than
 * {@code current_price x 0.00000001}, is said.
 */
final class PaperTrader {
    static final String VERSION = "1.0";
    private static final Amount FEE_RATE = Amount.of("0.001");

    private final Origin origin;
    private final Remarks remarks;

    PaperTrader(Origin origin) {
        this.origin = origin;
        this.remarks = origin.reading().remarks();
    }

    List<Draft> read() {
        var fields = Fields.of(origin.file().root(), "", origin.reading());
        requireVersion(fields.text("version"));
        var savedAt = fields.time("timestamp");
        var startedAt = fields.time("session_start_time");
        var initial = fields.amount("initial_balance");
        var emergency = emergency(fields, savedAt);
        var symbols = new LinkedHashMap<String, SymbolState>();
        for (var trader : fields.objects("traders")) {
            var market = origin.market(trader.key());
            if (symbols.put(market, symbol(trader.fields(), initial)) != null) {
                remarks.wrong("traders." + trader.key(), "is " + market + ", which another one is too");
            }
        }
        fields.requireNoOthers();
        if (symbols.isEmpty()) {
            remarks.wrong("traders", "must have at least one symbol");
        }
        if (savedAt.isBefore(startedAt)) {
            remarks.wrong("timestamp", "must not be before session_start_time");
        }
        remarks.require();
        remarks.note("the bot is stopped, with strategy %s: the file names none; `everstate bots configure` changes it"
                .formatted(origin.strategy()));
        return List.of(
                new Draft("bot", bot(symbols, initial, lifecycle(startedAt, savedAt, emergency)), remarks.notes()));
    }

    private void requireVersion(String version) {
        if (!version.equals(VERSION) && !version.isEmpty()) {
            remarks.wrong(
                    "version", "\"%s\" is not known, only \"%s\"; the file stays as it is".formatted(version, VERSION));
        }
        remarks.require(); // what another version means nobody can say
    }

    private static @Nullable EmergencyStop emergency(Fields fields, Instant at) {
        var reason = fields.optionalText("emergency_reason");
        return fields.flag("emergency_stopped")
                ? new EmergencyStop(reason.orElse("emergency stop of the imported state"), at)
                : null;
    }

    private SymbolState symbol(Fields trader, Amount initial) {
        var balance = trader.amount("balance");
        var current = trader.amount("current_price");
        var quantity = quantity(trader, current);
        var entry = trader.amount("entry_price");
        var history = trader.list("trade_history").size();
        if (history > 0) {
            remarks.note("%s: its %d entries are not taken over, for they tell shares and not quantities; num_trades is"
                    .formatted(trader.name("trade_history"), history));
        }
        var held = quantity.isZero() ? Amount.ZERO : entry;
        var symbol = new SymbolState(
                balance,
                quantity.max(Amount.ZERO),
                held,
                current,
                trader.amount("total_fees"),
                balance.plus(quantity.times(held)).minus(initial),
                trader.count("num_trades"),
                trader.optionalTime("last_trade_time").orElse(null),
                trader.times("trades_last_hour").stream().sorted().toList(),
                trader.flag("max_loss_reached"),
                trader.amount("highest_value"),
                -1);
        trader.requireNoOthers();
        return symbol;
    }

    private Amount quantity(Fields trader, Amount price) {
        var position = trader.decimal("position").orElse(BigDecimal.ZERO);
        var value = trader.decimal("position_value").orElse(BigDecimal.ZERO);
        if (position.signum() < 0 || value.signum() < 0) {
            trader.wrong("position", "is short (below 0); bots here hold no short positions: close it there first");
            return Amount.ZERO;
        }
        if (position.signum() == 0) {
            return Amount.ZERO;
        }
        if (!price.isPositive()) {
            trader.wrong("current_price", "must be above 0 where there is a position");
            return Amount.ZERO;
        }
        if (isQuantity(position, value, price)) {
            return origin.reading().amount(trader.name("position"), position);
        }
        var quantity = Amount.of(value.divide(price.value(), MathContext.DECIMAL128));
        var lost = value.subtract(quantity.times(price).value());
        remarks.note(
                "%s: %s is a share of the value; held are %s, position_value %s by current_price %s, which is %s less"
                        .formatted(
                                trader.name("position"),
                                position.toPlainString(),
                                quantity,
                                value.toPlainString(),
                                price,
                                lost.stripTrailingZeros().toPlainString()));
        return quantity;
    }

    /** Within a cent in a million. */
    private static boolean isQuantity(BigDecimal position, BigDecimal value, Amount price) {
        var worth = position.multiply(price.value());
        return worth.subtract(value).abs().compareTo(value.movePointLeft(8)) <= 0;
    }

    private static Lifecycle lifecycle(Instant startedAt, Instant savedAt, @Nullable EmergencyStop emergency) {
        return new Lifecycle(
                BotStatus.STOPPED,
                startedAt,
                startedAt,
                savedAt,
                emergency == null ? StopReason.RESTART : StopReason.EMERGENCY,
                0,
                Duration.between(startedAt, savedAt),
                emergency);
    }

    private BotImport bot(Map<String, SymbolState> symbols, Amount initial, Lifecycle lifecycle) {
        var configuration = new BotConfiguration(
                origin.name(),
                origin.strategy(),
                List.copyOf(symbols.keySet()),
                initial.times(Amount.of(symbols.size())),
                FEE_RATE,
                Map.of(),
                RestartPolicy.MANUAL,
                null,
                Map.of("imported-from", "paper-trader", "imported-file", origin.label()));
        return new BotImport(
                null,
                BotKind.TRADING,
                origin.source("paper trader " + VERSION),
                configuration,
                lifecycle,
                symbols,
                null);
    }
}
