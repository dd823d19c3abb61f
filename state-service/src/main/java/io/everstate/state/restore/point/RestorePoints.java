package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.past.FleetPast;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Past;
import io.everstate.state.restore.point.Target.AfterEvent;
import io.everstate.state.restore.point.Target.AtTime;
import io.everstate.state.restore.point.Target.OfSnapshot;
import io.everstate.state.snapshot.store.Snapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To what bots can go back. */
@Singleton
public final class RestorePoints {
    private static final int MOST_NAMED = 5;

    private final Past past;
    private final FleetPast fleet;
    private final ArchivedLogs archived;
    private final SnapshotRepository snapshots;
    private final SnapshotPoints ofSnapshots;

    RestorePoints(
            Past past,
            FleetPast fleet,
            ArchivedLogs archived,
            SnapshotRepository snapshots,
            SnapshotPoints ofSnapshots) {
        this.past = past;
        this.fleet = fleet;
        this.archived = archived;
        this.snapshots = snapshots;
        this.ofSnapshots = ofSnapshots;
    }

    /** The bots of a pass at one target. What records say is read once for all of them, or for each where that takes too long. */
    public interface PassPoints {
        /**
         * One of them as it was at the target.
         *
         * @throws ProblemException NOT_FOUND when there was no such bot then; CORRUPT when no rung has its state, with the reasons; UNAVAILABLE
         *     when a retry can help
         */
        RestorePoint find(BotId bot);
    }

    /** @throws ProblemException UNAVAILABLE when a retry can help */
    public PassPoints of(Pass pass, Target target) {
        return switch (target) {
            case OfSnapshot(var id) -> ofSnapshot(pass, snapshots.known(id));
            case AtTime(var time) -> atTime(pass, time);
            case AfterEvent(var sequence) ->
                bot -> new Ladder(this::invalid).find(new EventRecords(past, archived, bot, sequence), null);
        };
    }

    /** A bot by itself, as {@link PassPoints#find} has it. */
    public RestorePoint find(BotId bot, Target target) {
        return of(fleet.alone(bot), target).find(bot);
    }

    private PassPoints atTime(Pass pass, Instant time) {
        var records = new TimeRecords(past, fleet, archived, pass, time);
        return bot -> new Ladder(this::invalid).find(records.of(bot), time);
    }

    private PassPoints ofSnapshot(Pass pass, Snapshot snapshot) {
        var segments = new Together(
                pass::bots,
                bots -> ofSnapshots.byRecords(new Pass(pass.partition(), bots), snapshot, archived.begin()));
        return bot -> ofSnapshot(bot, snapshot, segments);
    }

    private RestorePoint ofSnapshot(BotId bot, Snapshot snapshot, Together segments) {
        var ladder = new Ladder(this::invalid);
        var records = new CutRecords(bot, segments);
        return ladder.orInSegments(
                records, () -> ofSnapshots.find(bot, snapshot, ladder.passedOver(), () -> ladder.exact(records)));
    }

    private List<UUID> invalid(@Nullable UUID used, Instant until) {
        return snapshots.invalidBetween(used == null ? null : snapshots.known(used), until, MOST_NAMED).stream()
                .map(Snapshot::id)
                .toList();
    }
}
