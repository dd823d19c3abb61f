package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.state.health.Round.Scored;
import io.everstate.state.health.TrackedComponents.Fleet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The health of the whole: 100 times the product of what its parts leave of it, as the reliability of parts in a row is the product of theirs
 * (IEC 61078). A service that bots cannot do without, Kafka and PostgreSQL leave their score (of a service, the mean of its replicas, each of
 * which has its share of the bots); all others, without which bots go on unprotected, take half away at most; the bots leave the mean of
 * theirs.
 */
final class Overall {
    private static final double AT_MOST = 0.5;

    private Overall() {}

    /**
     * @param factor what it leaves of the whole, 0 to 1
     * @param reason a sentence
     */
    private record Loss(double factor, String reason) {}

    /** @param fleet null when nothing is known of the bots: then they count neither way */
    static int percent(Round round, @Nullable Fleet fleet) {
        var services = round.components().stream()
                .collect(Collectors.groupingBy(
                        scored -> scored.component().name(), Collectors.averagingDouble(Overall::factor)));
        var product =
                services.values().stream().mapToDouble(Double::doubleValue).reduce(1, (one, other) -> one * other);
        var bots = fleet == null ? 1 : ratio(fleet.bots().mean());
        return Score.percent(product * bots);
    }

    /** What takes most away, at most so many. */
    static List<String> worst(Round round, @Nullable Fleet fleet, int most) {
        var losses = new ArrayList<Loss>();
        for (var scored : round.components()) {
            add(losses, factor(scored), scored.view());
        }
        if (fleet != null) {
            for (var bot : fleet.worst()) {
                var share = (1 - ratio(bot.score())) / fleet.bots().count();
                add(losses, 1 - share, bot);
            }
        }
        return losses.stream()
                .sorted(Comparator.comparingDouble(Loss::factor))
                .limit(most)
                .map(Loss::reason)
                .toList();
    }

    private static void add(List<Loss> losses, double factor, ComponentView view) {
        if (view.score() < Score.FULL) {
            losses.add(new Loss(factor, sentence(view)));
        }
    }

    private static String sentence(ComponentView view) {
        return view.kind().equals("BOT")
                ? "bot %s (%s): %s".formatted(view.id(), view.name(), view.reason())
                : String.valueOf(view.reason());
    }

    private static double factor(Scored scored) {
        var ratio = ratio(scored.view().score());
        return scored.component().essential() ? ratio : 1 - AT_MOST * (1 - ratio);
    }

    private static double ratio(int score) {
        return (double) score / Score.FULL;
    }
}
