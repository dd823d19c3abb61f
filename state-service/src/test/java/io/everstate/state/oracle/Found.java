package io.everstate.state.oracle;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.finding.FindingKind;
import org.jspecify.annotations.Nullable;

/**
 * What tells findings apart.
 *
 * @param occasion the record's offset, or the ownership in which such records count as one
 */
public record Found(
        FindingKind kind,
        String topicId,
        int partition,
        @Nullable BotId bot,
        long occasion) {}
