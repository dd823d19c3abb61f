package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.archive.ArchiveReading;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.past.FleetPast;
import io.everstate.state.past.FleetPast.Pass;
import io.everstate.state.past.Past;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.CutShort;
import io.everstate.state.past.Then.NotYet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The bots of a pass at one time. The log is read once for all of them, and {@link Together} what is archived of it, when the first one needs
 * that, and what is archived of older logs.
 */
final class TimeRecords {
    private final Past past;
    private final FleetPast fleet;
    private final ArchivedLogs archived;
    private final int partition;
    private final Instant time;
    private final Map<BotId, Then> log;
    private final Together segments;
    private final Together behindLog;
    private final Together behindSegments;

    /** @throws ProblemException UNAVAILABLE when the log does not answer */
    TimeRecords(Past past, FleetPast fleet, ArchivedLogs archived, Pass pass, Instant time) {
        this.past = past;
        this.fleet = fleet;
        this.archived = archived;
        this.partition = pass.partition();
        this.time = time;
        this.log = fleet.at(pass, time);
        this.segments = new Together(() -> of(log, CutShort.class::isInstance), this::readSegments);
        this.behindLog = new Together(() -> of(log, TimeRecords::isElsewhere), this::readOlder);
        this.behindSegments = new Together(() -> of(segments.all(), TimeRecords::isElsewhere), this::readOlder);
    }

    Ladder.Records of(BotId bot) {
        return new Ladder.Records() {
            @Override
            public Then inLog() {
                return logged(bot);
            }

            @Override
            public Then inSegments() {
                return segments.of(bot);
            }

            @Override
            public Then inOlderLogs(NotYet here) {
                return (log.get(bot) instanceof NotYet ? behindLog : behindSegments).of(bot);
            }
        };
    }

    private Then logged(BotId bot) {
        var answer = log.get(bot);
        if (answer == null) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "bot %s is not of partition %d any more".formatted(bot, partition));
        }
        return answer;
    }

    private Map<BotId, Then> readSegments(List<BotId> bots) {
        return fleet.at(new Pass(partition, bots), time, archived.begin().of(topicOf(bots)));
    }

    private Map<BotId, Then> readOlder(List<BotId> bots) {
        var archive = archived.begin();
        var older = new OlderLogs((one, wanted) -> readOlder(archive, one, wanted));
        return older.find(bots, archive.older(partition, topicOf(bots)));
    }

    private Map<BotId, Then> readOlder(ArchiveReading archive, OlderLog older, List<BotId> bots) {
        return fleet.at(new Pass(partition, bots), time, older.topicId(), archive.of(older.topicId()));
    }

    private static boolean isElsewhere(Then answer) {
        return answer instanceof NotYet(var _, var born) && !born;
    }

    private static List<BotId> of(Map<BotId, Then> answers, Predicate<Then> which) {
        return answers.keySet().stream()
                .filter(bot -> which.test(requireNonNull(answers.get(bot))))
                .toList();
    }

    /** All of a partition are folded from the same one. */
    private String topicOf(List<BotId> bots) {
        return past.topicIdOf(bots.getFirst());
    }
}
