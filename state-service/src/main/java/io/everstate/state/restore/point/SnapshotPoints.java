package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.archive.ArchiveReading;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.CutPlace;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.FleetPast;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Past;
import io.everstate.state.past.Past.Found;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import io.everstate.state.past.Then.Was;
import io.everstate.state.snapshot.store.Cut;
import io.everstate.state.snapshot.store.Cut.Place;
import io.everstate.state.snapshot.store.ParkedAtCuts;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import io.everstate.state.snapshot.store.SnapshotStates;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bots as they were at the cut of a snapshot. Where its content is damaged its cut still says up to where the log is to be read, from an older
 * snapshot or from the beginning: the same states, as long as the log still has the records behind which both were taken.
 */
@Singleton
final class SnapshotPoints {
    /** So many older ones are tried; behind them the log is read from its beginning. */
    private static final int MOST_TRIED = 10;

    private static final String AS_IT_IS = ", so the state is the one of the older snapshot";

    private final SnapshotRepository snapshots;
    private final SnapshotStates states;
    private final ParkedAtCuts parked;
    private final Past past;
    private final FleetPast fleet;
    private final JsonFormat json;

    SnapshotPoints(
            SnapshotRepository snapshots,
            SnapshotStates states,
            ParkedAtCuts parked,
            Past past,
            FleetPast fleet,
            JsonFormat json) {
        this.snapshots = snapshots;
        this.states = states;
        this.parked = parked;
        this.past = past;
        this.fleet = fleet;
        this.json = json;
    }

    /**
     * @param passedOver grows by what was not possible
     * @param exact is asked before a state is taken that is only near
     */
    RestorePoint find(BotId bot, Snapshot snapshot, List<String> passedOver, Supplier<Optional<Found>> exact) {
        var own = readable(snapshot, bot, passedOver);
        return own == null
                ? byTheLog(bot, snapshot, passedOver, exact)
                : new RestorePoint(
                        own.required(bot, snapshot), RestoreRung.SNAPSHOT, snapshot.id(), passedOver, own.parked());
    }

    private static ProblemException notThen(BotId bot, Snapshot snapshot) {
        return new ProblemException(
                ProblemType.NOT_FOUND, "there was no bot %s at snapshot %s".formatted(bot, snapshot.id()));
    }

    /**
     * What a snapshot that can be used says of a bot.
     *
     * @param state null when the bot did not exist
     * @param parked null when it was followed
     */
    private record Held(@Nullable BotState state, @Nullable ParkedBot parked) {
        BotState required(BotId bot, Snapshot snapshot) {
            if (state == null) {
                throw notThen(bot, snapshot);
            }
            return state;
        }
    }

    /** Null when the snapshot cannot be used. */
    private @Nullable Held readable(Snapshot snapshot, BotId bot, List<String> passedOver) {
        try {
            return new Held(
                    states.inChain(snapshot.id(), bot).orElse(null),
                    parked.find(snapshot.id(), bot).orElse(null));
        } catch (ProblemException e) {
            if (e.type() != ProblemType.CORRUPT) {
                throw e;
            }
            passedOver.add(e.detail());
            return null;
        }
    }

    /**
     * The bots of a pass as they were at the cut, of the archived records, which are read once for all of them.
     *
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    Map<BotId, Then> byRecords(Pass pass, Snapshot snapshot, ArchiveReading archive) {
        var cut = cut(snapshot, pass.partition()).orElse(null);
        var from = new HashMap<BotId, EarlierState>();
        var then = new HashMap<BotId, Then>();
        for (var bot : pass.bots()) {
            if (cut == null) {
                then.put(bot, new CutShort(null, noCut(snapshot)));
            } else {
                from.put(
                        bot,
                        older(bot, snapshot, cut, new ArrayList<>(), _ -> true)
                                .map(Older::begin)
                                .orElse(EarlierState.BEGIN));
            }
        }
        return cut == null ? then : fleet.before(pass, from, place(snapshot, cut), archive.of(cut.topicId()));
    }

    private static CutPlace place(Snapshot snapshot, Place cut) {
        return new CutPlace(cut.topicId(), cut.nextOffset(), snapshot.takenAt());
    }

    private static String noCut(Snapshot snapshot) {
        return "the cut of snapshot %s does not say up to where".formatted(snapshot.id());
    }

    private Place requiredCut(Snapshot snapshot, int partition) {
        return cut(snapshot, partition).orElseThrow(() -> new LogBeginsLaterException(noCut(snapshot), null));
    }

    private RestorePoint byTheLog(
            BotId bot, Snapshot snapshot, List<String> passedOver, Supplier<Optional<Found>> exact) {
        var cut = requiredCut(snapshot, past.partitionOf(bot));
        return isOfTheLog(bot, cut)
                ? byTheLog(bot, snapshot, cut, passedOver, exact)
                : asItIs(bot, snapshot, cut, passedOver, exact);
    }

    private RestorePoint byTheLog(
            BotId bot, Snapshot snapshot, Place cut, List<String> passedOver, Supplier<Optional<Found>> exact) {
        var from = older(bot, snapshot, cut, passedOver, place -> isOfTheLog(bot, place))
                .map(Older::begin)
                .orElse(EarlierState.BEGIN);
        return switch (past.before(bot, from, place(snapshot, cut))) {
            case Was(var found) -> begun(bot, snapshot, from, found, passedOver);
            case NotYet(var why, var born) ->
                throw born ? notThen(bot, snapshot) : new LogBeginsLaterException(why, null);
            case CutShort(var kept, var why) -> {
                if (kept == null) {
                    throw new LogBeginsLaterException(why, null);
                }
                var archived = exact.get();
                if (archived.isPresent()) {
                    passedOver.add(why);
                    yield RestorePoint.archived(archived.get(), passedOver);
                }
                passedOver.add(why + AS_IT_IS);
                yield begun(bot, snapshot, from, kept, passedOver);
            }
        };
    }

    private RestorePoint begun(BotId bot, Snapshot snapshot, EarlierState from, Found found, List<String> passedOver) {
        var rung = from.snapshot() == null ? RestoreRung.LOG : RestoreRung.OLDER_SNAPSHOT;
        return new RestorePoint(found.state(), rung, from.snapshot(), passedOver, parked(bot, snapshot, found));
    }

    /** The log does not lead to the damaged one any more: nothing is nearer to it than the one before it. */
    private RestorePoint asItIs(
            BotId bot, Snapshot snapshot, Place cut, List<String> passedOver, Supplier<Optional<Found>> exact) {
        var why =
                "the log does not have the record any more behind which snapshot %s was taken".formatted(snapshot.id());
        var archived = exact.get();
        if (archived.isPresent()) {
            passedOver.add(why);
            return RestorePoint.archived(archived.get(), passedOver);
        }
        var older = older(bot, snapshot, cut, passedOver, _ -> true)
                .filter(found -> found.held().state() != null)
                .orElseThrow(() -> new LogBeginsLaterException(why, null));
        passedOver.add(why + AS_IT_IS);
        return new RestorePoint(
                older.held().required(bot, older.snapshot()),
                RestoreRung.OLDER_SNAPSHOT,
                older.snapshot().id(),
                passedOver,
                older.held().parked());
    }

    private boolean isOfTheLog(BotId bot, Place place) {
        return past.isOfTheLog(bot, place.topicId(), place.nextOffset(), place.last());
    }

    /** A lost end is not to be read from the log: of that the damaged one still says that it was known. */
    private @Nullable ParkedBot parked(BotId bot, Snapshot snapshot, Found found) {
        return found.parked() != null
                ? found.parked()
                : parked.find(snapshot.id(), bot).filter(ParkedBot::isLost).orElse(null);
    }

    /** A snapshot that can be used, and where it was taken. */
    private record Older(Snapshot snapshot, Place place, Held held) {
        EarlierState begin() {
            return new EarlierState(
                            place.nextOffset(),
                            place.epoch(),
                            held.state(),
                            null,
                            place.last(),
                            snapshot.id(),
                            List.of())
                    .whereParked(held.parked());
        }
    }

    private Optional<Older> older(
            BotId bot, Snapshot snapshot, Place end, List<String> passedOver, Predicate<Place> usable) {
        var partition = past.partitionOf(bot);
        for (var candidate : snapshots.validBefore(snapshot, MOST_TRIED)) {
            var place = cut(candidate, partition)
                    .filter(found -> found.topicId().equals(end.topicId()))
                    .filter(found -> found.nextOffset() <= end.nextOffset())
                    .filter(usable);
            var held = place.isEmpty() ? null : readable(candidate, bot, passedOver);
            if (held != null) {
                return Optional.of(new Older(candidate, place.get(), held));
            }
        }
        passedOver.add("no older snapshot can be used");
        return Optional.empty();
    }

    private Optional<Place> cut(Snapshot snapshot, int partition) {
        try {
            return Optional.ofNullable(
                    json.read(snapshot.cut(), Cut.class).partitions().get(partition));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }
}
