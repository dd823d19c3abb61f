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
import java.util.function.Supplier;

/**
 * The bots of a pass at one time. The log is read once for all of them, and so is what is archived of it, when the first one needs that, and
 * what is archived of older logs.
 */
final class TimeRecords {
    private final Past past;
    private final FleetPast fleet;
    private final int partition;
    private final Instant time;
    private final Map<BotId, Then> log;
    private final Supplier<ArchiveReading> archive;
    private final Supplier<Map<BotId, Then>> segments;
    private final Supplier<Map<BotId, Then>> behindLog;
    private final Supplier<Map<BotId, Then>> behindSegments;

    /** @throws ProblemException UNAVAILABLE when the log does not answer */
    TimeRecords(Past past, FleetPast fleet, ArchivedLogs archived, Pass pass, Instant time) {
        this.past = past;
        this.fleet = fleet;
        this.partition = pass.partition();
        this.time = time;
        this.archive = new Once<>(archived::begin);
        this.log = fleet.at(pass, time);
        this.segments = new Once<>(this::readSegments);
        this.behindLog = new Once<>(() -> readOlder(log));
        this.behindSegments = new Once<>(() -> readOlder(segments.get()));
    }

    Ladder.Records of(BotId bot) {
        return new Ladder.Records() {
            @Override
            public Then inLog() {
                return in(log, bot);
            }

            @Override
            public Then inSegments() {
                return in(segments.get(), bot);
            }

            @Override
            public Then inOlderLogs(NotYet here) {
                return in((log.get(bot) instanceof NotYet ? behindLog : behindSegments).get(), bot);
            }
        };
    }

    private Then in(Map<BotId, Then> answers, BotId bot) {
        var answer = answers.get(bot);
        if (answer == null) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "bot %s is not of partition %d any more".formatted(bot, partition));
        }
        return answer;
    }

    private Map<BotId, Then> readSegments() {
        var bots = of(log, CutShort.class::isInstance);
        return fleet.at(new Pass(partition, bots), time, archive.get().of(topicOf(bots)));
    }

    private Map<BotId, Then> readOlder(Map<BotId, Then> answers) {
        var bots = of(answers, answer -> answer instanceof NotYet(var _, var born) && !born);
        var older = new OlderLogs(this::readOlder);
        return older.find(bots, archive.get().older(partition, topicOf(bots)));
    }

    private Map<BotId, Then> readOlder(OlderLog older, List<BotId> bots) {
        return fleet.at(
                new Pass(partition, bots), time, older.topicId(), archive.get().of(older.topicId()));
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
