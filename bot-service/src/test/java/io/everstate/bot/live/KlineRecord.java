package io.everstate.bot.live;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.Amount;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Trades as an exchange keeps them, and Binance's klines of them, computed plainly: from all of them for each row. */
final class KlineRecord {
    private static final Map<String, Long> MILLIS = Map.of("1s", 1_000L, "1m", 60_000L, "5m", 300_000L);

    private final Map<String, List<LiveTrade>> trades = new ConcurrentHashMap<>();

    private final Set<Instant> lost = ConcurrentHashMap.newKeySet();

    /** Of no symbol there is a row that begins then. */
    void lose(Instant opensAt) {
        lost.add(opensAt);
    }

    /** @param symbol as the exchange writes it */
    void add(String symbol, String price, String quantity, Instant at) {
        var trade =
                new LiveTrade(symbol, Amount.of(price), Amount.of(quantity), Instant.ofEpochMilli(at.toEpochMilli()));
        trades.merge(symbol, List.of(trade), (before, more) -> {
            var all = new ArrayList<>(before);
            all.addAll(more);
            return List.copyOf(all);
        });
    }

    List<LiveTrade> trades(String symbol) {
        return trades.getOrDefault(symbol, List.of());
    }

    /** With that of the span that is not over, as Binance does. */
    String answer(MultiMap asked, Instant now) {
        var all = trades(asked.get("symbol"));
        var interval = requireNonNull(MILLIS.get(asked.get("interval")));
        var from = Long.parseLong(asked.get("startTime"));
        var to = Math.min(Long.parseLong(asked.get("endTime")), now.toEpochMilli());
        var limit = Integer.parseInt(asked.get("limit"));
        var rows = new JsonArray();
        if (!all.isEmpty()) {
            var first = all.getFirst().at().toEpochMilli();
            var opensAt = Math.ceilDiv(Math.max(from, first / interval * interval), interval) * interval;
            for (; opensAt <= to && rows.size() < limit; opensAt += interval) {
                if (!lost.contains(Instant.ofEpochMilli(opensAt))) {
                    rows.add(row(all, opensAt, interval));
                }
            }
        }
        return rows.encode();
    }

    private static JsonArray row(List<LiveTrade> all, long opensAt, long interval) {
        var end = Instant.ofEpochMilli(opensAt + interval);
        var inside = all.stream()
                .filter(trade ->
                        trade.at().toEpochMilli() >= opensAt && trade.at().isBefore(end))
                .toList();
        var shown = inside.isEmpty()
                ? List.of(all.stream()
                        .filter(trade -> trade.at().isBefore(end))
                        .toList()
                        .getLast())
                : inside;
        var prices = shown.stream().map(trade -> trade.price().value()).toList();
        var volume = inside.stream().map(trade -> trade.quantity().value()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return JsonArray.of(
                opensAt,
                prices.getFirst().toPlainString(),
                prices.stream().max(Comparator.naturalOrder()).orElseThrow().toPlainString(),
                prices.stream().min(Comparator.naturalOrder()).orElseThrow().toPlainString(),
                prices.getLast().toPlainString(),
                volume.setScale(8).toPlainString(),
                opensAt + interval - 1,
                "0.00000000",
                inside.size(),
                "0.00000000",
                "0.00000000",
                "0");
    }
}
