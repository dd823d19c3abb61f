package io.everstate.state.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds fewer steps that fail too, by leaving out ever smaller pieces. */
final class Shrinking {
    private final Predicate<List<Command>> fails;

    Shrinking(Predicate<List<Command>> fails) {
        this.fails = fails;
    }

    /** @param commands that fail */
    List<Command> shrink(List<Command> commands) {
        var failing = commands;
        for (int piece = commands.size() / 2; piece > 0; piece /= 2) {
            for (int from = 0; from < failing.size(); ) {
                var fewer = without(failing, from, Math.min(failing.size(), from + piece));
                if (fails.test(fewer)) {
                    failing = fewer;
                } else {
                    from += piece;
                }
            }
        }
        return failing;
    }

    private static List<Command> without(List<Command> commands, int from, int to) {
        var left = new ArrayList<>(commands.subList(0, from));
        left.addAll(commands.subList(to, commands.size()));
        return left;
    }
}
