package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.RestoreRung;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.FleetPast.Then;
import io.everstate.state.past.Past;
import io.everstate.state.past.Past.Found;
import io.everstate.state.restore.point.Target.AfterEvent;
import io.everstate.state.restore.point.Target.AtTime;
import io.everstate.state.restore.point.Target.OfSnapshot;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes down the ladder for one bot: snapshot, older snapshot, log, segments. What is exact goes before what is only near. */
@Singleton
public final class RestorePoints {
    private static final int MOST_NAMED = 5;

    private final Past past;
    private final SnapshotRepository snapshots;
    private final SnapshotPoints ofSnapshots;
    private final SegmentPoints segments;

    RestorePoints(Past past, SnapshotRepository snapshots, SnapshotPoints ofSnapshots, SegmentPoints segments) {
        this.past = past;
        this.snapshots = snapshots;
        this.ofSnapshots = ofSnapshots;
        this.segments = segments;
    }

    /**
     * The bot as it was at the target.
     *
     * @throws ProblemException NOT_FOUND when there was no such bot then; CORRUPT when no rung has its state, with the reasons; UNAVAILABLE when
     *     a retry can help
     */
    public RestorePoint find(BotId bot, Target target) {
        return find(bot, target, null);
    }

    /** @param then what is known already of the time that is wanted; null when nothing is */
    public RestorePoint find(BotId bot, Target target, @Nullable Then then) {
        var passedOver = new ArrayList<String>();
        try {
            return switch (target) {
                case OfSnapshot(var id) ->
                    ofSnapshots.find(bot, snapshots.known(id), passedOver, () -> exact(bot, target, passedOver));
                case AtTime(var time) ->
                    point(bot, target, then == null ? past.foundAt(bot, time) : then.required(), passedOver);
                case AfterEvent(var sequence) -> point(bot, target, past.foundAfter(bot, sequence), passedOver);
            };
        } catch (LogBeginsLaterException e) {
            passedOver.add(e.detail());
            return inSegments(bot, target, passedOver);
        }
    }

    private RestorePoint point(BotId bot, Target target, Found found, List<String> passedOver) {
        var from = found.from();
        if (from == null) {
            return new RestorePoint(found.state(), null, null, List.of(), found.parked());
        }
        var used = from.snapshot() == null ? null : snapshots.known(from.snapshot());
        // those that were taken later are no candidates
        passedOver.addAll(invalid(
                used, target instanceof AtTime(var time) ? time : found.state().updatedAt()));
        passedOver.addAll(from.passedOver());
        var better = passedOver.isEmpty();
        if (found.cutShort() != null) {
            var archived = exact(bot, target, passedOver);
            if (archived.isPresent()) {
                passedOver.add(found.cutShort());
                return RestorePoint.archived(archived.get(), passedOver);
            }
            passedOver.add(found.cutShort() + ", so the state is the one of the snapshot");
        }
        if (used == null) {
            passedOver.add("no valid snapshot was taken before");
            return new RestorePoint(found.state(), RestoreRung.LOG, null, passedOver, found.parked());
        }
        var rung = better ? RestoreRung.SNAPSHOT : RestoreRung.OLDER_SNAPSHOT;
        return new RestorePoint(found.state(), rung, used.id(), passedOver, found.parked());
    }

    private List<String> invalid(@Nullable Snapshot used, Instant until) {
        return snapshots.invalidBetween(used, until, MOST_NAMED).stream()
                .map(snapshot -> "snapshot %s did not verify".formatted(snapshot.id()))
                .toList();
    }

    /** Instead of a state that is only near; empty, with the reason, also when nobody answers who has it. */
    private Optional<Found> exact(BotId bot, Target target, List<String> passedOver) {
        try {
            return Optional.of(segments.find(bot, target));
        } catch (ProblemException e) {
            if (!(e instanceof LogBeginsLaterException) && e.type() != ProblemType.UNAVAILABLE) {
                throw e;
            }
            passedOver.add(e.detail());
            return Optional.empty();
        }
    }

    private RestorePoint inSegments(BotId bot, Target target, List<String> passedOver) {
        try {
            return RestorePoint.archived(segments.find(bot, target), passedOver);
        } catch (LogBeginsLaterException e) {
            passedOver.add(e.detail());
            throw new ProblemException(
                    ProblemType.CORRUPT, "nothing has the state any more: " + String.join("; ", passedOver), e);
        }
    }
}
