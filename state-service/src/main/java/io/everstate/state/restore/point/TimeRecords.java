package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.archive.ArchiveReading;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import io.everstate.state.past.FleetPast;
import io.everstate.state.past.FleetPast.Pass;
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
    private final FleetPast fleet;
    private final Sources sources;
    private final int partition;
    private final Instant time;
    private final Together log;
    private final Together segments;
    private final Together behindLog;
    private final Together behindSegments;

    TimeRecords(FleetPast fleet, Sources sources, Pass pass, Instant time) {
        this.fleet = fleet;
        this.sources = sources;
        this.partition = pass.partition();
        this.time = time;
        this.log = new Together(pass::bots, this::readLog);
        this.segments = new Together(() -> of(log.all(), CutShort.class::isInstance), this::readSegments);
        this.behindLog = new Together(() -> of(log.all(), TimeRecords::isElsewhere), this::readOlder);
        this.behindSegments = new Together(() -> of(segments.all(), TimeRecords::isElsewhere), this::readOlder);
    }

    Ladder.Records of(BotId bot) {
        var logged = new Once<>(() -> log.of(bot));
        return new Ladder.Records() {
            @Override
            public Then inLog() {
                return logged.get();
            }

            @Override
            public Then inSegments() {
                return segments.of(bot);
            }

            @Override
            public Then inOlderLogs(NotYet here) {
                return (logged.get() instanceof NotYet ? behindLog : behindSegments).of(bot);
            }
        };
    }

    private Map<BotId, Then> readLog(List<BotId> bots) {
        return fleet.at(new Pass(partition, bots), time, bots.size() == 1 ? sources.log() : sources.logOfSeveral());
    }

    private Map<BotId, Then> readSegments(List<BotId> bots) {
        return fleet.at(new Pass(partition, bots), time, sources.archive().of(topicOf(bots)));
    }

    private Map<BotId, Then> readOlder(List<BotId> bots) {
        var archive = sources.archive();
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

    private String topicOf(List<BotId> bots) {
        return fleet.topicIdOf(new Pass(partition, bots));
    }
}
