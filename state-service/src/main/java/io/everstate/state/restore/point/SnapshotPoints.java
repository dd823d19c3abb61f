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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private static final int MOST_NAMED = 5;

    private static final String AS_IT_IS = ", so the state is the one of the older snapshot";

    private final SnapshotRepository snapshots;
    private final SnapshotStates states;
    private final ParkedAtCuts parked;
    private final FleetPast fleet;
    private final JsonFormat json;

    SnapshotPoints(
            SnapshotRepository snapshots,
            SnapshotStates states,
            ParkedAtCuts parked,
            FleetPast fleet,
            JsonFormat json) {
        this.snapshots = snapshots;
        this.states = states;
        this.parked = parked;
        this.fleet = fleet;
        this.json = json;
    }

    /** @throws ProblemException NOT_FOUND when there is none */
    Snapshot known(UUID id) {
        return snapshots.known(id);
    }

    /** As {@link Ladder.Invalid} has it. */
    List<UUID> invalid(@Nullable UUID used, Instant until) {
        return snapshots.invalidBetween(used == null ? null : snapshots.known(used), until, MOST_NAMED).stream()
                .map(Snapshot::id)
                .toList();
    }

    /**
     * A bot that is looked for at the cut of a snapshot.
     *
     * @param log what was, as the log says it
     * @param passedOver grows by what was not possible
     * @param exact is asked before a state is taken that is only near
     */
    record AtCut(BotId bot, Snapshot snapshot, Past log, List<String> passedOver, Supplier<Optional<Found>> exact) {}

    RestorePoint find(AtCut asked) {
        var own = readable(asked.snapshot(), asked.bot(), asked.passedOver());
        return own == null
                ? byTheLog(asked)
                : new RestorePoint(
                        own.required(asked),
                        RestoreRung.SNAPSHOT,
                        asked.snapshot().id(),
                        asked.passedOver(),
                        own.parked());
    }

    private static ProblemException notThen(AtCut asked) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "there was no bot %s at snapshot %s"
                        .formatted(asked.bot(), asked.snapshot().id()));
    }

    /**
     * What a snapshot that can be used says of a bot.
     *
     * @param state null when the bot did not exist
     * @param parked null when it was followed
     */
    private record Held(@Nullable BotState state, @Nullable ParkedBot parked) {
        BotState required(AtCut asked) {
            if (state == null) {
                throw notThen(asked);
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
        var end = end(snapshot, pass.partition()).orElse(null);
        var from = new HashMap<BotId, EarlierState>();
        var then = new HashMap<BotId, Then>();
        for (var bot : pass.bots()) {
            if (end == null) {
                then.put(bot, new CutShort(null, noCut(snapshot)));
            } else {
                from.put(
                        bot,
                        older(bot, end, new ArrayList<>(), _ -> true)
                                .map(Older::begin)
                                .orElse(EarlierState.BEGIN));
            }
        }
        return end == null
                ? then
                : fleet.before(pass, from, end.place(), archive.of(end.cut().topicId()));
    }

    private static String noCut(Snapshot snapshot) {
        return "the cut of snapshot %s does not say up to where".formatted(snapshot.id());
    }

    /** Where a snapshot ends in a partition. */
    private record End(Snapshot snapshot, int partition, Place cut) {
        CutPlace place() {
            return new CutPlace(cut.topicId(), cut.nextOffset(), snapshot.takenAt());
        }
    }

    private Optional<End> end(Snapshot snapshot, int partition) {
        return cut(snapshot, partition).map(cut -> new End(snapshot, partition, cut));
    }

    private RestorePoint byTheLog(AtCut asked) {
        var end = end(asked.snapshot(), asked.log().partitionOf(asked.bot()))
                .orElseThrow(() -> new LogBeginsLaterException(noCut(asked.snapshot()), null));
        return isOfTheLog(asked, end.cut()) ? byTheLog(asked, end) : asItIs(asked, end);
    }

    private RestorePoint byTheLog(AtCut asked, End end) {
        var from = older(asked.bot(), end, asked.passedOver(), place -> isOfTheLog(asked, place))
                .map(Older::begin)
                .orElse(EarlierState.BEGIN);
        return switch (asked.log().before(asked.bot(), from, end.place())) {
            case Was(var found) -> begun(asked, from, found);
            case NotYet(var why, var born) -> throw born ? notThen(asked) : new LogBeginsLaterException(why, null);
            case CutShort(var kept, var why) -> {
                if (kept == null) {
                    throw new LogBeginsLaterException(why, null);
                }
                var archived = asked.exact().get();
                if (archived.isPresent()) {
                    asked.passedOver().add(why);
                    yield RestorePoint.archived(archived.get(), asked.passedOver());
                }
                asked.passedOver().add(why + AS_IT_IS);
                yield begun(asked, from, kept);
            }
        };
    }

    private RestorePoint begun(AtCut asked, EarlierState from, Found found) {
        var rung = from.snapshot() == null ? RestoreRung.LOG : RestoreRung.OLDER_SNAPSHOT;
        return new RestorePoint(found.state(), rung, from.snapshot(), asked.passedOver(), parked(asked, found));
    }

    /** The log does not lead to the damaged one any more: nothing is nearer to it than the one before it. */
    private RestorePoint asItIs(AtCut asked, End end) {
        var why = "the log does not have the record any more behind which snapshot %s was taken"
                .formatted(asked.snapshot().id());
        var archived = asked.exact().get();
        if (archived.isPresent()) {
            asked.passedOver().add(why);
            return RestorePoint.archived(archived.get(), asked.passedOver());
        }
        var older = older(asked.bot(), end, asked.passedOver(), _ -> true)
                .filter(found -> found.held().state() != null)
                .orElseThrow(() -> new LogBeginsLaterException(why, null));
        asked.passedOver().add(why + AS_IT_IS);
        return new RestorePoint(
                older.held().required(asked),
                RestoreRung.OLDER_SNAPSHOT,
                older.snapshot().id(),
                asked.passedOver(),
                older.held().parked());
    }

    private static boolean isOfTheLog(AtCut asked, Place place) {
        return asked.log().isOfTheLog(asked.bot(), place.topicId(), place.nextOffset(), place.last());
    }

    /** A lost end is not to be read from the log: of that the damaged one still says that it was known. */
    private @Nullable ParkedBot parked(AtCut asked, Found found) {
        return found.parked() != null
                ? found.parked()
                : parked.find(asked.snapshot().id(), asked.bot())
                        .filter(ParkedBot::isLost)
                        .orElse(null);
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

    private Optional<Older> older(BotId bot, End end, List<String> passedOver, Predicate<Place> usable) {
        for (var candidate : snapshots.validBefore(end.snapshot(), MOST_TRIED)) {
            var place = cut(candidate, end.partition())
                    .filter(found -> found.topicId().equals(end.cut().topicId()))
                    .filter(found -> found.nextOffset() <= end.cut().nextOffset())
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
