package io.everstate.bot.external;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.Problem.Violation;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whether a bot can need those that it is said to need. */
final class Dependencies {
    static final int MOST = 20;
    /** A fleet whose dependencies are longer than this is not walked to their end. */
    private static final int MOST_WALKED = 1_000;

    private Dependencies() {}

    /**
     * A sentence for the first thing that is wrong: a bot that is not there, the bot itself, or a circle. Two changes at the same time can
     * still make a circle; each alone does not see the other.
     *
     * @param find any bot of the fleet
     */
    static Optional<Violation> violation(BotId bot, List<BotId> dependsOn, Function<BotId, Optional<BotState>> find) {
        if (dependsOn.size() > MOST || dependsOn.size() != Set.copyOf(dependsOn).size()) {
            return wrong("must name at most %d bots, each once".formatted(MOST));
        }
        if (dependsOn.contains(bot)) {
            return wrong("must not name the bot itself");
        }
        var seen = new HashSet<BotId>(dependsOn);
        var next = new ArrayDeque<BotId>(dependsOn);
        while (!next.isEmpty() && seen.size() < MOST_WALKED) {
            var one = next.poll();
            var found = find.apply(one);
            if (found.isEmpty() && dependsOn.contains(one)) {
                return wrong("names bot %s, which there is not".formatted(one));
            }
            for (var needed :
                    found.map(state -> state.configuration().dependsOn()).orElse(List.of())) {
                if (needed.equals(bot)) {
                    return wrong("makes a circle: bot %s needs this one".formatted(one));
                }
                if (seen.add(needed)) {
                    next.add(needed);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> wrong(String message) {
        return Optional.of(new Violation("dependsOn", message));
    }
}
