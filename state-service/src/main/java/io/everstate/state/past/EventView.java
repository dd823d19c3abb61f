package io.everstate.state.past;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotEvent;
import io.everstate.state.past.BotReplay.Counted;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a bot that counts, as it stands in the log.
 *
 * @param type of the CloudEvent
 * @param epoch the ownership in which it was written
 * @param source who wrote it
 * @param offset where it stands in the bot's partition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        UUID id,
        String type,
        Instant time,
        long sequence,
        long epoch,
        String source,
        long offset,
        @Nullable String idempotencyKey,
        BotEvent data) {

    static EventView of(Counted counted) {
        var entry = counted.entry();
        return new EventView(
                entry.id(),
                entry.event().eventType(),
                entry.time(),
                entry.sequence(),
                entry.epoch(),
                entry.source(),
                counted.offset(),
                entry.idempotencyKey(),
                entry.event());
    }
}
