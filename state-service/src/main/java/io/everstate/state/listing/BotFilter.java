package io.everstate.state.listing;

import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Selector;
import io.everstate.state.fold.ListColumns;
import io.everstate.state.platform.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which bots a list has: those of which every condition is true. */
record BotFilter(List<Condition> conditions) {
    private static final String STATUS = "status = ?";
    private static final String STRATEGY = "strategy = ?";
    private static final String LABEL = "labels @> array[?::text]";

    /** @param value of the one parameter; null when there is none */
    record Condition(String sql, @Nullable String value) {}

    static BotFilter of(BotListRequest request) {
        var conditions = new ArrayList<Condition>();
        if (request.status() != null) {
            conditions.add(new Condition(STATUS, word("status", request.status(), BotStatus.values())));
        }
        if (request.kind() != null) {
            conditions.add(new Condition("kind = ?", word("kind", request.kind(), BotKind.values())));
        }
        if (request.strategy() != null) {
            conditions.add(new Condition(STRATEGY, ListColumns.text(request.strategy())));
        }
        if (request.emergency() != null) {
            conditions.add(new Condition(emergency(request.emergency()), null));
        }
        request.label().forEach(label -> conditions.add(new Condition(LABEL, label(label))));
        if (request.selector() != null) {
            Selector.of(request.selector())
                    .wanted()
                    .forEach((name, value) -> conditions.add(selected(name, ListColumns.text(value))));
        }
        return new BotFilter(conditions);
    }

    private static Condition selected(String name, String value) {
        return switch (name) {
            case Selector.STRATEGY -> new Condition(STRATEGY, value);
            case Selector.STATUS -> new Condition(STATUS, value);
            case Selector.NAME -> new Condition("name = ?", value);
            default -> new Condition(LABEL, ListColumns.label(name, value));
        };
    }

    private static String emergency(String text) {
        return switch (text) {
            case "true" -> "emergency";
            case "false" -> "not emergency";
            default -> throw Invalid.field("emergency", "must be true or false");
        };
    }

    private static String label(String text) {
        var colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw Invalid.field("label", "must be of the form name:value");
        }
        return ListColumns.label(text.substring(0, colon), text.substring(colon + 1));
    }

    private static String word(String field, String text, Enum<?>[] words) {
        return Arrays.stream(words)
                .map(Enum::name)
                .filter(text::equals)
                .findFirst()
                .orElseThrow(() -> Invalid.field(
                        field, "must be " + Arrays.stream(words).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
