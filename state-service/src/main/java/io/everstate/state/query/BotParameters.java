package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.platform.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What stands in the addresses of a bot and what belongs to it; each refusal names the parameter. */
final class BotParameters {
    static final String EXAMPLE_ID = "0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55";
    static final String AT_LEAST =
            "waits until this event of the bot is folded: bot-service answers it as Everstate-Sequence";

    private BotParameters() {}

    static BotId id(String text) {
        try {
            return BotId.of(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field("id", "must be a bot's id (a UUID)");
        }
    }

    static TradePlace place(@Nullable String text) {
        try {
            return text == null ? TradePlace.BEGIN : TradePlace.parse(text);
        } catch (IllegalArgumentException e) {
            throw Invalid.field("after", "must be the sequence of a trade (a whole number)");
        }
    }

    static long sequence(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Invalid.field(field, "must be the sequence of an event (a whole number)");
        }
    }

    static Instant time(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Invalid.field(field, "must be a time like 2026-11-22T08:00:00Z");
        }
    }
}
