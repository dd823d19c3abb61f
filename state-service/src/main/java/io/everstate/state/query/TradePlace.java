package io.everstate.state.query;

import io.everstate.contracts.bot.Trade;

/**
 * A place among a bot's trades, behind which a page begins. Written as the event's number, 41; a page that ends within a cycle goes on
 * behind a leg of it, 41.2.
 */
record TradePlace(long sequence, int leg) {
    static final TradePlace BEGIN = new TradePlace(0, 0);
    /** No event is so many trades. */
    private static final int BEHIND_ALL = Short.MAX_VALUE;

    static TradePlace of(Trade trade) {
        return new TradePlace(trade.sequence(), trade.leg());
    }

    /** @throws IllegalArgumentException for another text */
    static TradePlace parse(String text) {
        var dot = text.indexOf('.');
        if (dot < 0) {
            return new TradePlace(Long.parseLong(text), BEHIND_ALL);
        }
        return new TradePlace(Long.parseLong(text.substring(0, dot)), Short.parseShort(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return leg == 0 ? Long.toString(sequence) : sequence + "." + leg;
    }
}
