package io.everstate.state.content;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of one line by itself.
 *
 * @param head whose state it is; null when it is none
 * @param findings why it is none, or which rules the state breaks
 */
record LineLook(@Nullable Head head, List<String> findings) {
    static LineLook at(byte[] line, JsonFormat json) {
        try {
            var bot = json.read(line, BotState.class);
            return new LineLook(new Head(bot.id(), bot.sequence()), BotRules.broken(bot));
        } catch (UnreadableRecordException e) {
            return new LineLook(null, List.of(e.detail()));
        }
    }
}
