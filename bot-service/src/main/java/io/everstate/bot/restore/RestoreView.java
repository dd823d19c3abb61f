package io.everstate.bot.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore changed, or would change.
 *
 * @param from number of the newest event in the state that was gone back to; absent in the answer to a repetition
 * @param differences of the present state from that one, field by field
 * @param passedOver newer local checkpoints that are not used, and why
 * @param bot as it is now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestoreView(
        boolean dryRun,
        @Nullable Long from,
        @Nullable String symbol,
        List<StateDifferences.Difference> differences,
        List<String> passedOver,
        BotState bot) {}
