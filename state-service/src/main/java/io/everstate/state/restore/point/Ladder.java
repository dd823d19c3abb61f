package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes down for one bot: snapshot, older snapshot, log, segments, segments of an older log. What is exact goes before what is only near, and
 * what is only near is said to be.
 */
final class Ladder {
    private static final String AS_IT_IS = ", so the state is the one of the snapshot";

    private final Invalid invalid;
    private final List<String> passedOver = new ArrayList<>();

    Ladder(Invalid invalid) {
        this.invalid = invalid;
    }

    /** Snapshots that are no candidates. */
    interface Invalid {
        /**
         * Those that did not verify, the newest first, and not too many.
         *
         * @param used those that were taken in front of it are left out; null = none is
         */
        List<UUID> between(@Nullable UUID used, Instant until);
    }

    /** What archived records say of the bot. Each place is asked only when those in front of it do not say it all. */
    interface Archived {
        /** @throws ProblemException UNAVAILABLE when a retry can help */
        Then inSegments();

        /**
         * What is archived of the logs in whose place this one came. Where they are not asked, what this one says.
         *
         * @param here what this one says: the bot was in another one
         * @throws ProblemException UNAVAILABLE when a retry can help
         */
        default Then inOlderLogs(NotYet here) {
            return here;
        }
    }

    /** The same, and what the log itself says. */
    interface Records extends Archived {
        /** @throws ProblemException UNAVAILABLE when a retry can help */
        Then inLog();
    }

    /** Why no higher rung was possible, a sentence each; grows. */
    List<String> passedOver() {
        return passedOver;
    }

    /**
     * @param until snapshots that were taken later are no candidates; null = later than the state
     * @throws ProblemException NOT_FOUND when there was no such bot then; CORRUPT when no rung has its state, with the reasons; UNAVAILABLE when
     *     a retry can help
     */
    RestorePoint find(Records records, @Nullable Instant until) {
        return switch (records.inLog()) {
            case Was(var found) -> exact(found, until);
            case NotYet here -> inOlderLogs(records, here);
            case CutShort(var kept, var why) ->
                kept == null ? inSegments(records, why) : near(records, kept, why, until);
        };
    }

    /** Of what was tried otherwise: the log does not hold all that it needs. */
    RestorePoint orInSegments(Archived records, Supplier<RestorePoint> tried) {
        try {
            return tried.get();
        } catch (LogBeginsLaterException e) {
            return inSegments(records, e.detail());
        }
    }

    /** Instead of a state that is only near; empty, with the reason, also when nobody answers who has it. */
    Optional<Found> exact(Archived records) {
        return switch (segments(records)) {
            case Was(var found) -> Optional.of(found);
            case NotYet(var why, var born) when born -> throw new ProblemException(ProblemType.NOT_FOUND, why);
            case NotYet(var why, var _) -> notExact(why);
            case CutShort(var _, var why) -> notExact(why);
        };
    }

    private Optional<Found> notExact(String why) {
        passedOver.add(why);
        return Optional.empty();
    }

    private static Then segments(Archived records) {
        try {
            return records.inSegments();
        } catch (ProblemException e) {
            if (e.type() != ProblemType.UNAVAILABLE) {
                throw e;
            }
            return new CutShort(null, e.detail());
        }
    }

    private RestorePoint exact(Found found, @Nullable Instant until) {
        var from = found.from();
        if (from == null) {
            return new RestorePoint(found.state(), null, null, List.of(), found.parked());
        }
        nameInvalid(found, from, until);
        return begun(found, from, passedOver.isEmpty());
    }

    private RestorePoint near(Archived records, Found kept, String why, @Nullable Instant until) {
        var from = requireNonNull(kept.from(), "it was kept at a place");
        nameInvalid(kept, from, until);
        var isNearest = passedOver.isEmpty();
        return switch (segments(records)) {
            case Was(var found) -> {
                passedOver.add(why);
                yield RestorePoint.archived(found, passedOver);
            }
            case NotYet here -> inOlderLogs(records, here);
            case CutShort(var _, var missing) -> {
                passedOver.add(missing);
                passedOver.add(why + AS_IT_IS);
                yield begun(kept, from, isNearest);
            }
        };
    }

    private void nameInvalid(Found found, EarlierState from, @Nullable Instant until) {
        invalid.between(from.snapshot(), until == null ? found.state().updatedAt() : until)
                .forEach(snapshot -> passedOver.add("snapshot %s did not verify".formatted(snapshot)));
        passedOver.addAll(from.passedOver());
    }

    private RestorePoint begun(Found found, EarlierState from, boolean isNearest) {
        if (from.snapshot() == null) {
            passedOver.add("no valid snapshot was taken before");
            return new RestorePoint(found.state(), RestoreRung.LOG, null, passedOver, found.parked());
        }
        var rung = isNearest ? RestoreRung.SNAPSHOT : RestoreRung.OLDER_SNAPSHOT;
        return new RestorePoint(found.state(), rung, from.snapshot(), passedOver, found.parked());
    }

    private RestorePoint inSegments(Archived records, String why) {
        passedOver.add(why);
        return switch (records.inSegments()) {
            case Was(var found) -> RestorePoint.archived(found, passedOver);
            case NotYet here -> inOlderLogs(records, here);
            case CutShort(var _, var missing) -> throw nothing(missing);
        };
    }

    private RestorePoint inOlderLogs(Archived records, NotYet here) {
        if (here.born()) {
            throw new ProblemException(ProblemType.NOT_FOUND, here.why());
        }
        var older = records.inOlderLogs(here);
        passedOver.add("the log came in the place of another one since, and the bot's first event is not in it");
        return switch (older) {
            case Was(var found) -> RestorePoint.archived(found, passedOver);
            case NotYet(var why, var born) ->
                throw born ? new ProblemException(ProblemType.NOT_FOUND, why) : nothing(why);
            case CutShort(var kept, var why)
            when kept != null -> {
                var from = requireNonNull(kept.from(), "it was kept at a place");
                passedOver.addAll(from.passedOver());
                passedOver.add(why + AS_IT_IS);
                yield begun(kept, from, false);
            }
            case CutShort(var _, var why) -> throw nothing(why);
        };
    }

    private ProblemException nothing(String why) {
        passedOver.add(why);
        return new ProblemException(
                ProblemType.CORRUPT, "nothing has the state any more: " + String.join("; ", passedOver));
    }
}
