package io.everstate.state.restore;

import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.restore.record.BotStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the parts of a restore are together. */
final class Tally {
    private static final int MOST_SENTENCES = 20;
    private static final Set<Outcome> STAYS = EnumSet.of(Outcome.LEFT, Outcome.CANCELLED);

    private final StateRestoreView view;
    private final List<BotRestoreView> bots;

    Tally(StateRestoreView view, List<BotStep> parts) {
        this.view = view;
        this.bots = parts.stream().map(BotStep::view).toList();
    }

    private long count(Outcome outcome) {
        return bots.stream().filter(bot -> bot.outcome() == outcome).count();
    }

    StateRestoreView underWay() {
        return of(Status.RUNNING, null, view.findings());
    }

    StateRestoreView ended(Instant at) {
        var sentences = new LinkedHashSet<>(view.findings());
        cancellation().ifPresent(sentences::add);
        otherWaysBack().forEach(sentences::add);
        bots.stream().flatMap(bot -> bot.passedOver().stream()).forEach(sentences::add);
        bots.stream()
                .filter(bot -> bot.parked() != null)
                .map(bot -> "bot %s: %s".formatted(bot.bot(), bot.parked()))
                .forEach(sentences::add);
        bots.stream()
                .filter(bot ->
                        bot.outcome() == Outcome.FAILED || (bot.reason() != null && !STAYS.contains(bot.outcome())))
                .map(bot -> "bot %s: %s".formatted(bot.bot(), bot.reason()))
                .forEach(sentences::add);
        return of(status(), at, sentences.stream().limit(MOST_SENTENCES).toList());
    }

    private Optional<String> cancellation() {
        return bots.stream()
                .filter(bot -> bot.outcome() == Outcome.CANCELLED)
                .findFirst()
                .map(bot -> "%d of %d bots were restored before it was cancelled, %d were not begun: %s"
                        .formatted(count(Outcome.RESTORED), bots.size(), count(Outcome.CANCELLED), bot.reason()));
    }

    private Stream<String> otherWaysBack() {
        return bots.stream()
                .filter(bot -> bot.wayBack() != null && !bot.wayBack().equals(view.wayBack()))
                .collect(Collectors.groupingBy(BotRestoreView::wayBack, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(other -> "what bots did meanwhile is in snapshot %s, which is the way back of %s"
                        .formatted(
                                other.getKey(),
                                other.getValue().stream()
                                        .map(bot -> bot.bot().toString())
                                        .limit(MOST_SENTENCES)
                                        .collect(Collectors.joining(", "))));
    }

    private Status status() {
        if (count(Outcome.CANCELLED) > 0) {
            return Status.CANCELLED;
        }
        var done = count(Outcome.RESTORED) + count(Outcome.FOUND) + count(Outcome.LEFT);
        if (count(Outcome.FAILED) == 0) {
            return Status.COMPLETED;
        }
        return done == 0 ? Status.FAILED : Status.PARTLY;
    }

    private StateRestoreView of(Status status, @Nullable Instant endedAt, List<String> findings) {
        return new StateRestoreView(
                view.id(),
                view.kind(),
                status,
                view.dryRun(),
                view.askedBy(),
                view.request(),
                view.startedAt(),
                endedAt,
                lowest(),
                findings,
                view.wayBack(),
                view.resumed(),
                bots.size(),
                count(Outcome.RESTORED),
                count(Outcome.FAILED),
                count(Outcome.LEFT) + count(Outcome.CANCELLED),
                counting().mapToLong(BotRestoreView::eventsLost).sum(),
                counting().mapToLong(BotRestoreView::secondsLost).max().orElse(0),
                percent());
    }

    private @Nullable RestoreRung lowest() {
        return counting()
                .map(BotRestoreView::rung)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Those that are, or would be, taken back. */
    private Stream<BotRestoreView> counting() {
        var wanted = view.dryRun() ? Outcome.FOUND : Outcome.RESTORED;
        return bots.stream().filter(bot -> bot.outcome() == wanted);
    }

    private int percent() {
        var done = count(Outcome.RESTORED)
                + count(Outcome.FAILED)
                + count(Outcome.LEFT)
                + count(Outcome.CANCELLED)
                + (view.dryRun() ? count(Outcome.FOUND) : 0);
        return bots.isEmpty() ? 100 : (int) (done * 100 / bots.size());
    }
}
