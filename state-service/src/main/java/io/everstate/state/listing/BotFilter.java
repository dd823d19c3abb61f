package io.everstate.state.listing;

import io.everstate.contracts.bot.BotKind;
import io.everstate.contracts.bot.BotStatus;
import io.everstate.contracts.bot.Selector;
import io.everstate.state.fleet.BotFigures;
import io.everstate.state.fold.ListColumns;
import io.everstate.state.platform.Invalid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which bots a list has: those of which every condition is true. */
record BotFilter(List<Condition> conditions) {
    /**
     * @param value of the one parameter; null when there is none
     * @param holds what the statement says of a row, of a bot in memory
     */
    record Condition(String sql, @Nullable String value, Predicate<BotFigures> holds) {}

    boolean holds(BotFigures bot) {
        for (var condition : conditions) {
            if (!condition.holds().test(bot)) {
                return false;
            }
        }
        return true;
    }

    static BotFilter of(BotListRequest request) {
        var conditions = new ArrayList<Condition>();
        if (request.status() != null) {
            conditions.add(status(word("status", request.status(), BotStatus.values())));
        }
        if (request.kind() != null) {
            conditions.add(kind(word("kind", request.kind(), BotKind.values())));
        }
        if (request.strategy() != null) {
            conditions.add(strategy(ListColumns.text(request.strategy())));
        }
        if (request.emergency() != null) {
            conditions.add(emergency(request.emergency()));
        }
        request.label().forEach(label -> conditions.add(labelled(label(label))));
        if (request.selector() != null) {
            Selector.of(request.selector())
                    .wanted()
                    .forEach((name, value) -> conditions.add(selected(name, ListColumns.text(value))));
        }
        return new BotFilter(conditions);
    }

    private static Condition selected(String name, String value) {
        return switch (name) {
            case Selector.STRATEGY -> strategy(value);
            case Selector.STATUS -> status(value);
            case Selector.NAME ->
                new Condition("name = ?", value, bot -> bot.name().equals(value));
            default -> labelled(ListColumns.label(name, value));
        };
    }

    private static Condition status(String value) {
        return new Condition("status = ?", value, bot -> bot.status().name().equals(value));
    }

    private static Condition kind(String value) {
        return new Condition("kind = ?", value, bot -> bot.kind().name().equals(value));
    }

    private static Condition strategy(String value) {
        return new Condition("strategy = ?", value, bot -> bot.strategy().equals(value));
    }

    private static Condition labelled(String value) {
        return new Condition("labels @> array[?::text]", value, bot -> bot.hasLabel(value));
    }

    private static Condition emergency(String text) {
        return switch (text) {
            case "true" -> new Condition("emergency", null, BotFigures::emergency);
            case "false" -> new Condition("not emergency", null, bot -> !bot.emergency());
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
