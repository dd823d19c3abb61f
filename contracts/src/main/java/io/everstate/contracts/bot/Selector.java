package io.everstate.contracts.bot;

import io.everstate.contracts.problem.InvalidException;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which bots are meant: {@code strategy=grid,env=prod} are those of which all of that is true. {@code strategy}, {@code status} and
 * {@code name} are the bot's own, every other name is a label; an empty text means all bots.
 */
public record Selector(Map<String, String> wanted) {
    public static final String STRATEGY = "strategy";
    public static final String STATUS = "status";
    public static final String NAME = "name";

    private static final String FIELD = "selector";

    /** @throws InvalidException for a text of another form, or a name that is there twice */
    public static Selector of(String text) {
        var wanted = new TreeMap<String, String>();
        if (text.isBlank()) {
            return new Selector(wanted);
        }
        for (var term : text.split(",", -1)) {
            var equals = term.indexOf('=');
            var name = equals < 0 ? "" : term.substring(0, equals).strip();
            var value = term.substring(equals + 1).strip();
            if (name.isEmpty() || value.isEmpty() || value.indexOf('=') >= 0) {
                throw invalid("\"" + term.strip() + "\" is not of the form name=value");
            }
            if (wanted.put(name, value) != null) {
                throw invalid("names " + name + " twice");
            }
        }
        return new Selector(wanted);
    }

    private static InvalidException invalid(String sentence) {
        return new InvalidException(List.of(new Violation(FIELD, sentence)));
    }

    public boolean means(BotState bot) {
        return wanted.entrySet().stream().allMatch(term -> term.getValue().equals(valueOf(bot, term.getKey())));
    }

    private static String valueOf(BotState bot, String name) {
        return switch (name) {
            case STRATEGY -> bot.configuration().strategy();
            case STATUS -> bot.lifecycle().status().name();
            case NAME -> bot.configuration().name();
            default -> bot.configuration().labels().getOrDefault(name, "");
        };
    }
}
