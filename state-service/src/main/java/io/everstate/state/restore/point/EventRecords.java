package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.past.Past;
import io.everstate.state.past.Then;

/** One bot after its event of this number. */
record EventRecords(Past past, ArchivedLogs archived, BotId bot, long sequence) implements Ladder.Records {
    @Override
    public Then inLog() {
        return past.thenAfter(bot, sequence);
    }

    @Override
    public Then inSegments() {
        return past.of(archived.begin().of(past.topicIdOf(bot))).thenAfter(bot, sequence);
    }
}
