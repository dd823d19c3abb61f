package io.everstate.state.restore.part;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.BotRestoreView.Change;
import io.everstate.contracts.view.BotRestoreView.Outcome;
import io.everstate.contracts.view.BotRestoreView.Place;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.restore.point.RestorePoint;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a bot is and what would come of it.
 *
 * @param target to which it goes back
 * @param symbol the only market; null for all
 */
record Difference(
        BotState present,
        BotState target,
        Place before,
        Place after,
        List<Change> changed,
        @Nullable String symbol) {
    /** @throws IllegalArgumentException when the bot cannot go back to that state */
    static Difference of(BotState present, BotState target, @Nullable String symbol, JsonFormat json) {
        var before = Holdings.of(present, json);
        var after = Holdings.of(present.goneBackTo(target, symbol), json);
        return new Difference(
                present,
                target,
                new Place(present.sequence(), before.hash()),
                new Place(target.sequence(), after.hash()),
                before.changedIn(after),
                symbol);
    }

    /** Of one market its own holdings count: to go back in it begins the highest total anew, also where nothing happened. */
    boolean isNone() {
        return symbol == null
                ? before.hash().equals(after.hash())
                : Objects.equals(
                        present.portfolio().symbols().get(symbol),
                        target.portfolio().symbols().get(symbol));
    }

    private long events() {
        return Math.max(0, present.sequence() - target.sequence());
    }

    private long seconds() {
        return Math.max(
                0, Duration.between(target.updatedAt(), present.updatedAt()).toSeconds());
    }

    /** @param known what was written of it before */
    BotRestoreView shownAs(Outcome outcome, BotRestoreView known, @Nullable String reason) {
        return shownAs(
                outcome, known, new Source(known.rung(), known.snapshot(), known.passedOver(), known.parked()), reason);
    }

    /** Where the state was had from, as {@link BotRestoreView} tells it. */
    record Source(
            @Nullable RestoreRung rung,
            @Nullable UUID snapshot,
            List<String> passedOver,
            @Nullable String parked) {
        static Source of(RestorePoint point) {
            return new Source(point.rung(), point.snapshot(), point.passedOver(), point.parkedThen());
        }
    }

    BotRestoreView shownAs(Outcome outcome, BotRestoreView known, Source source, @Nullable String reason) {
        return new BotRestoreView(
                known.bot(),
                known.name(),
                outcome,
                before,
                after,
                source.rung(),
                source.snapshot(),
                source.passedOver(),
                source.parked(),
                changed,
                outcome == Outcome.LEFT ? 0 : events(),
                outcome == Outcome.LEFT ? 0 : seconds(),
                null,
                known.restarted(),
                reason,
                known.wayBack());
    }
}
