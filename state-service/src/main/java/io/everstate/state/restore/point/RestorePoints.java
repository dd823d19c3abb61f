package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.past.FleetPast;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Past;
import io.everstate.state.restore.point.SnapshotPoints.AtCut;
import io.everstate.state.restore.point.Target.AfterEvent;
import io.everstate.state.restore.point.Target.AtTime;
import io.everstate.state.restore.point.Target.OfSnapshot;
import io.everstate.state.snapshot.store.Snapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** To what bots can go back. */
@Singleton
public final class RestorePoints {
    private final Past past;
    private final FleetPast fleet;
    private final PartitionLog log;
    private final ArchivedLogs archived;
    private final SnapshotPoints ofSnapshots;
    private final ReadingConfiguration configuration;

    RestorePoints(
            Past past,
            FleetPast fleet,
            PartitionLog log,
            ArchivedLogs archived,
            SnapshotPoints ofSnapshots,
            ReadingConfiguration configuration) {
        this.past = past;
        this.fleet = fleet;
        this.log = log;
        this.archived = archived;
        this.ofSnapshots = ofSnapshots;
        this.configuration = configuration;
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

    /** @param mayTake is told in front of each question how long it may take */
    public PassPoints of(Pass pass, Target target, Consumer<Duration> mayTake) {
        var sources = new Sources(log, archived::begin, configuration.readDeadline(), mayTake);
        return switch (target) {
            case OfSnapshot(var id) -> ofSnapshot(pass, new Once<>(() -> ofSnapshots.known(id)), sources);
            case AtTime(var time) -> atTime(pass, time, sources);
            case AfterEvent(var sequence) ->
                bot -> new Ladder(ofSnapshots::invalid).find(new EventRecords(past, sources, bot, sequence), null);
        };
    }

    /** Each bot by itself. */
    public PassPoints alone(Target target, Consumer<Duration> mayTake) {
        return bot -> of(fleet.alone(bot), target, mayTake).find(bot);
    }

    /** The past as the log alone has it, for one question that has the time of a restore's. */
    public Past past() {
        return past.of(
                log.until(System.nanoTime() + configuration.readDeadline().toNanos()));
    }

    private PassPoints atTime(Pass pass, Instant time, Sources sources) {
        var records = new TimeRecords(fleet, sources, pass, time);
        return bot -> new Ladder(ofSnapshots::invalid).find(records.of(bot), time);
    }

    private PassPoints ofSnapshot(Pass pass, Supplier<Snapshot> snapshot, Sources sources) {
        var segments = new Together(
                pass::bots,
                bots -> ofSnapshots.byRecords(new Pass(pass.partition(), bots), snapshot.get(), sources.archive()));
        return bot -> {
            var ladder = new Ladder(ofSnapshots::invalid);
            var records = new CutRecords(bot, segments);
            var asked = new AtCut(
                    bot, snapshot.get(), past.of(sources.log()), ladder.passedOver(), () -> ladder.exact(records));
            return ladder.orInSegments(records, () -> ofSnapshots.find(asked));
        };
    }
}
