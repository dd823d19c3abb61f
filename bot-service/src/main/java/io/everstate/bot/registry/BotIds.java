package io.everstate.bot.registry;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.TimeOrderedUuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ids of new bots. A creation that is repeated with the same idempotency key must find the same bot, at any replica, so its id follows from
 * the key: a key that is a UUID of version 7 is the id; any other is hashed with its caller's name into a UUID of version 8 (RFC 9562).
 */
public final class BotIds {
    private static final Pattern VERSION_7 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final long CLEAR_VERSION = ~0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private BotIds() {}

    public static BotId of(@Nullable String idempotencyKey, String caller, Clock clock) {
        if (idempotencyKey == null) {
            return new BotId(TimeOrderedUuid.at(clock.instant()));
        }
        return VERSION_7.matcher(idempotencyKey).matches()
                ? BotId.of(idempotencyKey)
                : new BotId(hashed(caller + "\n" + idempotencyKey));
    }

    private static UUID hashed(String text) {
        try {
            var hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            var high = (hash.getLong() & CLEAR_VERSION) | VERSION_8;
            return new UUID(high, VARIANT | (hash.getLong() >>> 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
