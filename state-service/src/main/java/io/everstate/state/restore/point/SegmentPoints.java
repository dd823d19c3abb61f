package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.Past;
import io.everstate.state.past.Past.Found;
import io.everstate.state.restore.point.Target.AfterEvent;
import io.everstate.state.restore.point.Target.AtTime;
import io.everstate.state.restore.point.Target.OfSnapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;

/** Bots as the archived records make them, where the log itself does not hold these any more. */
@Singleton
final class SegmentPoints {
    private final Past past;
    private final ArchivedLogs archived;
    private final SnapshotRepository snapshots;
    private final SnapshotPoints ofSnapshots;

    SegmentPoints(Past past, ArchivedLogs archived, SnapshotRepository snapshots, SnapshotPoints ofSnapshots) {
        this.past = past;
        this.archived = archived;
        this.snapshots = snapshots;
        this.ofSnapshots = ofSnapshots;
    }

    /**
     * The bot as it was at the target, exactly.
     *
     * @throws LogBeginsLaterException when not all records up to there are archived, or are to be read
     * @throws ProblemException NOT_FOUND when there was no such bot then; UNAVAILABLE when a retry can help
     */
    Found find(BotId bot, Target target) {
        return switch (target) {
            case AtTime(var time) -> ofPresentLog(bot).foundAt(bot, time).required();
            case AfterEvent(var sequence) ->
                ofPresentLog(bot).foundAfter(bot, sequence).required();
            case OfSnapshot(var id) ->
                ofSnapshots.byRecords(bot, snapshots.known(id), topicId -> past.of(archived.of(topicId)));
        };
    }

    private Past ofPresentLog(BotId bot) {
        return past.of(archived.of(past.topicIdOf(bot)));
    }
}
