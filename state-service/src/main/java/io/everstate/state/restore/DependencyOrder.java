package io.everstate.state.restore;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In which order bots are restored: each behind all that it needs, also by way of bots that stay as they are; else as they were given. */
final class DependencyOrder {
    private final Function<BotId, List<BotId>> needs;
    private final Set<BotId> done = new LinkedHashSet<>();
    private final Set<BotId> onTheWay = new LinkedHashSet<>();
    private final Deque<Walk> way = new ArrayDeque<>();

    private record Walk(BotId bot, Iterator<BotId> left) {}

    private DependencyOrder(Function<BotId, List<BotId>> needs) {
        this.needs = needs;
    }

    /**
     * @param needs of any bot those that it needs; none of one that there is not
     * @throws ProblemException CONFLICT when bots need each other in a circle, which it names
     */
    static List<BotId> of(Collection<BotId> wanted, Function<BotId, List<BotId>> needs) {
        if (wanted.size() <= 1) {
            return List.copyOf(wanted);
        }
        var order = new DependencyOrder(needs);
        wanted.forEach(order::visit);
        var chosen = Set.copyOf(wanted);
        return order.done.stream().filter(chosen::contains).toList();
    }

    /** Those of the wanted bots that one needs, itself or by way of bots that are not wanted. */
    static List<BotId> nearest(BotId bot, Set<BotId> wanted, Function<BotId, List<BotId>> needs) {
        var near = new LinkedHashSet<BotId>();
        var seen = new HashSet<BotId>();
        var next = new ArrayDeque<>(needs.apply(bot));
        while (!next.isEmpty()) {
            var one = next.poll();
            if (wanted.contains(one)) {
                near.add(one);
            } else if (seen.add(one)) {
                next.addAll(needs.apply(one));
            }
        }
        near.remove(bot);
        return List.copyOf(near);
    }

    private void visit(BotId first) {
        enter(first);
        while (!way.isEmpty()) {
            var walk = way.getLast();
            if (walk.left().hasNext()) {
                enter(walk.left().next());
            } else {
                way.removeLast();
                onTheWay.remove(walk.bot());
                done.add(walk.bot());
            }
        }
    }

    private void enter(BotId bot) {
        if (done.contains(bot)) {
            return;
        }
        if (!onTheWay.add(bot)) {
            throw circle(bot);
        }
        way.addLast(new Walk(bot, needs.apply(bot).iterator()));
    }

    private ProblemException circle(BotId again) {
        var named = new ArrayList<>(onTheWay);
        var circle = new ArrayList<>(named.subList(named.indexOf(again), named.size()));
        circle.add(again);
        return new ProblemException(
                ProblemType.CONFLICT,
                "the bots need each other in a circle, so there is no order: "
                        + circle.stream().map(BotId::toString).collect(Collectors.joining(" needs ")));
    }
}
