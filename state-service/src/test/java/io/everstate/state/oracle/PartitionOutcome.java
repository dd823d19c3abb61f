package io.everstate.state.oracle;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.fold.SkipCounts;
import java.util.Map;

/** One partition folded up to an offset. */
record PartitionOutcome(
        long nextOffset, long epoch, Map<BotId, BotState> states, Map<BotId, ParkedAt> parked, SkipCounts skipped) {}
