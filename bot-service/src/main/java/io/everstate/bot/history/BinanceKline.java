package io.everstate.bot.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.contracts.bot.Amount;

/**
 * One row of Binance's answer: time of opening, open, high, low, close, volume, time of closing, quote volume, number of trades, and three
 * that are not used here.
 *
 * @param opensAt in milliseconds since 1970, as {@code endsAt}
 */
record BinanceKline(
        long opensAt, long endsAt, Amount open, Amount high, Amount low, Amount close, Amount volume, boolean traded) {
    private static final int FIELDS = 12;
    private static final int CLOSES_AT = 6;
    private static final int TRADES = 8;

    /** @throws IllegalArgumentException says what is wrong with it */
    static BinanceKline of(JsonNode row, BinanceInterval interval) {
        require(row.isArray() && row.size() == FIELDS, "is no list of " + FIELDS);
        var opensAt = whole(row, 0);
        var trades = whole(row, TRADES);
        require(opensAt % interval.millis() == 0, "does not begin with its span");
        require(whole(row, CLOSES_AT) == opensAt + interval.millis() - 1, "does not end with its span");
        var kline = new BinanceKline(
                opensAt,
                opensAt + interval.millis(),
                amount(row, 1),
                amount(row, 2),
                amount(row, 3),
                amount(row, 4),
                amount(row, 5),
                trades > 0);
        kline.requirePossible();
        return kline;
    }

    private static long whole(JsonNode row, int field) {
        var value = row.path(field);
        require(value.isIntegralNumber() && value.canConvertToLong(), "has no whole number as field " + field);
        require(value.asLong() >= 0, "has a number below 0 as field " + field);
        return value.asLong();
    }

    private static Amount amount(JsonNode row, int field) {
        require(row.path(field).isTextual(), "has no amount as field " + field);
        return Amount.of(row.path(field).asText());
    }

    private void requirePossible() {
        require(low.isPositive(), "has a price that is not above 0");
        require(low.compareTo(open) <= 0 && low.compareTo(close) <= 0, "has a price below its low");
        require(high.compareTo(open) >= 0 && high.compareTo(close) >= 0, "has a price above its high");
        require(
                traded ? volume.isPositive() : volume.isZero(),
                "has a volume that its number of trades does not allow");
        require(traded || high.equals(low), "has several prices without a trade");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
