package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.past.Past;
import io.everstate.state.past.Past.Found;
import io.everstate.state.restore.point.Target.AfterEvent;
import io.everstate.state.restore.point.Target.AtTime;
import io.everstate.state.restore.point.Target.OfSnapshot;
import io.everstate.state.snapshot.store.SnapshotRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * The bot as it was at a time from which the present log has nothing, because it came in the place of another one; empty when that is not
     * so, or no other one had the bot then.
     *
     * @throws LogBeginsLaterException when it may have had, and not all of its records are to be read
     * @throws ProblemException UNAVAILABLE when a retry can help
     */
    Optional<Found> inOlderLogs(BotId bot, Instant time) {
        if (!past.beginsAfter(bot, time)) {
            return Optional.empty();
        }
        for (var older : archived.older(past.partitionOf(bot), past.topicIdOf(bot))) {
            try {
                return Optional.of(
                        past.of(archived.of(older.topicId())).foundIn(older.topicId(), older.archivedTo(), bot, time));
            } catch (LogBeginsLaterException e) {
                throw e;
            } catch (ProblemException e) {
                if (e.type() != ProblemType.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private Past ofPresentLog(BotId bot) {
        return past.of(archived.of(past.topicIdOf(bot)));
    }
}
