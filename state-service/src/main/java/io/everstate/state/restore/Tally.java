package io.everstate.state.restore;

import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.view.StateRestoreView;
import io.everstate.contracts.view.StateRestoreView.Status;
import io.everstate.state.restore.record.BotStep;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the parts of a restore are together. */
final class Tally {
    private static final int MOST_SENTENCES = 20;

    private final StateRestoreView view;
    private final List<BotRestoreView> bots;

    Tally(StateRestoreView view, List<BotStep> parts) {
        this.view = view;
        this.bots = parts.stream().map(BotStep::view).toList();
    }

    private long count(Outcome outcome) {
        return bots.stream().filter(bot -> bot.outcome() == outcome).count();
    }

    StateRestoreView underWay(@Nullable UUID wayBack) {
        return of(Status.RUNNING, null, view.findings(), wayBack);
    }

    StateRestoreView ended(Instant at, @Nullable UUID wayBack) {
        var sentences = new LinkedHashSet<>(view.findings());
        bots.stream().flatMap(bot -> bot.passedOver().stream()).forEach(sentences::add);
        bots.stream()
                .filter(bot ->
                        bot.outcome() == Outcome.FAILED || (bot.reason() != null && bot.outcome() != Outcome.LEFT))
                .map(bot -> "bot %s: %s".formatted(bot.bot(), bot.reason()))
                .forEach(sentences::add);
        return of(status(), at, sentences.stream().limit(MOST_SENTENCES).toList(), wayBack);
    }

    private Status status() {
        var done = count(Outcome.RESTORED) + count(Outcome.FOUND) + count(Outcome.LEFT);
        if (count(Outcome.FAILED) == 0) {
            return Status.COMPLETED;
        }
        return done == 0 ? Status.FAILED : Status.PARTLY;
    }

    private StateRestoreView of(
            Status status, @Nullable Instant endedAt, List<String> findings, @Nullable UUID wayBack) {
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
                wayBack,
                view.resumed(),
                bots.size(),
                count(Outcome.RESTORED),
                count(Outcome.FAILED),
                count(Outcome.LEFT),
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
                + (view.dryRun() ? count(Outcome.FOUND) : 0);
        return bots.isEmpty() ? 100 : (int) (done * 100 / bots.size());
    }
}
