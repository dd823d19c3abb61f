package io.everstate.state.restore.point;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.past.Then;

/** One bot at the cut of a snapshot: what the log says of it is asked for where the snapshot is. */
record CutRecords(BotId bot, Together segments) implements Ladder.Archived {
    @Override
    public Then inSegments() {
        return segments.of(bot);
    }
}
