package io.everstate.state.restore.point;

import static java.util.Objects.requireNonNull;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.archive.ArchiveReading;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import io.everstate.state.past.Past;
import io.everstate.state.past.Then;
import io.everstate.state.past.Then.NotYet;
import java.util.List;
import java.util.Map;

/** One bot after its event of this number. */
record EventRecords(Past past, Sources sources, BotId bot, long sequence) implements Ladder.Records {
    @Override
    public Then inLog() {
        return past.of(sources.log()).thenAfter(bot, sequence);
    }

    @Override
    public Then inSegments() {
        return past.of(sources.archive().of(past.topicIdOf(bot))).thenAfter(bot, sequence);
    }

    @Override
    public Then inOlderLogs(NotYet here) {
        var archive = sources.archive();
        var logs = archive.older(past.partitionOf(bot), past.topicIdOf(bot));
        var found = new OlderLogs((older, _) -> Map.of(bot, in(archive, older))).find(List.of(bot), logs);
        return requireNonNull(found.get(bot), "it was looked for");
    }

    private Then in(ArchiveReading archive, OlderLog older) {
        return past.of(archive.of(older.topicId())).thenAfter(bot, sequence, older.topicId());
    }
}
