package io.everstate.state.listing;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.ListColumns;
import io.everstate.state.listing.BotOrder.By;
import io.everstate.state.platform.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A bot's place in a list: behind it the next page begins, wherever that bot is by then. In a list by ids it is written as the bot's id, else
 * as base64 of {@code sort:id:key}.
 *
 * @param key what the list is sorted by, as that bot had it
 */
record BotPlace(BotOrder order, String key, BotId bot) {
    private static final int PARTS = 3;
    private static final String BETWEEN = ":";

    @Override
    public String toString() {
        if (order.equals(BotOrder.OLDEST_FIRST)) {
            return bot.toString();
        }
        var text = String.join(BETWEEN, order.toString(), bot.toString(), key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param order of the list that is asked for; a place in another one is none in it */
    static BotPlace parse(String text, BotOrder order) {
        try {
            return order.equals(BotOrder.OLDEST_FIRST)
                    ? new BotPlace(order, text, BotId.of(text))
                    : coded(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8), order);
        } catch (IllegalArgumentException e) {
            throw Invalid.field(
                    "after",
                    order.equals(BotOrder.OLDEST_FIRST)
                            ? "must be a bot's id (a UUID)"
                            : "must be `next` of a page that was sorted by " + order);
        }
    }

    private static BotPlace coded(String text, BotOrder order) {
        var parts = text.split(BETWEEN, PARTS);
        if (parts.length < PARTS || !parts[0].equals(order.toString())) {
            throw new IllegalArgumentException("a place in another list");
        }
        return new BotPlace(order, key(order.by(), parts[2]), BotId.of(parts[1]));
    }

    /** Nothing goes to the database that it cannot compare with. */
    private static String key(By by, String text) {
        return switch (by) {
            case ID -> BotId.of(text).toString();
            case NAME -> ListColumns.text(text);
            case PROFIT -> Amount.of(text).toString();
            case TRADES, LAST_ACTIVITY -> Long.toString(Long.parseLong(text));
        };
    }
}
