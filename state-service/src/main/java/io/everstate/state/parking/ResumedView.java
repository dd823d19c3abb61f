package io.everstate.state.parking;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import org.jspecify.annotations.Nullable;

/**
 * What came of taking a bot up again.
 *
 * @param parked null when it is followed now; else its next record that is not understood
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ResumedView(BotId bot, @Nullable ParkedView parked) {}
