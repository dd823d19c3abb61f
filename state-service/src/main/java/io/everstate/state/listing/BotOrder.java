package io.everstate.state.listing;

import io.everstate.contracts.bot.Amount;
import io.everstate.state.fleet.BotFigures;
import io.everstate.state.platform.Invalid;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a list of bots is sorted by; bots that are equal in that are sorted by their ids. */
record BotOrder(By by, boolean descending) {
    static final BotOrder OLDEST_FIRST = new BotOrder(By.ID, false);
    private static final String DESCENDING = "-";

    /** The words of {@code sort}, and their columns. */
    enum By {
        ID("id", "id", "uuid"),
        NAME("name", "name", "text"),
        PROFIT("profit", "profit", "numeric"),
        TRADES("trades", "trades", "bigint"),
        LAST_ACTIVITY("lastActivity", "last_activity", "bigint");

        private final String word;
        private final String column;
        private final String type;

        By(String word, String column, String type) {
            this.word = word;
            this.column = column;
            this.type = type;
        }

        String column() {
            return column;
        }
    }

    /** @param text as {@code profit}, or {@code -profit} for the highest first; null for the oldest bot first */
    static BotOrder of(@Nullable String text) {
        if (text == null) {
            return OLDEST_FIRST;
        }
        var descending = text.startsWith(DESCENDING);
        var word = descending ? text.substring(DESCENDING.length()) : text;
        return Arrays.stream(By.values())
                .filter(by -> by.word.equals(word))
                .findFirst()
                .map(by -> new BotOrder(by, descending))
                .orElseThrow(() ->
                        Invalid.field("sort", "must be one of " + words() + ", with a - in front for descending"));
    }

    private static String words() {
        return Arrays.stream(By.values()).map(by -> by.word).collect(Collectors.joining(", "));
    }

    /** What it is sorted by in memory; empty where an index has the order. */
    Optional<Figure<?>> figure() {
        return switch (by) {
            case ID, NAME -> Optional.empty();
            case PROFIT -> Optional.of(new Figure<>(BotFigures::profit, Amount::of));
            case TRADES -> Optional.of(new Figure<>(BotFigures::trades, Long::valueOf));
            case LAST_ACTIVITY -> Optional.of(new Figure<>(BotFigures::lastActivity, Long::valueOf));
        };
    }

    /** What the database sorts by; ids alone are unique already. */
    String clause() {
        var direction = descending ? "desc" : "asc";
        return by == By.ID ? "id " + direction : "%s %s, id %s".formatted(by.column, direction, direction);
    }

    /** Behind a place: its key and its bot's id are the parameters. */
    String behind() {
        var comparison = descending ? "<" : ">";
        return by == By.ID
                ? "id %s coalesce(?::uuid, ?::uuid)".formatted(comparison)
                : "(%s, id) %s (?::%s, ?::uuid)".formatted(by.column, comparison, by.type);
    }

    /** As it is written in {@code sort}. */
    @Override
    public String toString() {
        return (descending ? DESCENDING : "") + by.word;
    }
}
