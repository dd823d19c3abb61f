package io.everstate.benchmarks.fleet;

import io.everstate.contracts.bot.BotState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A bot's state and trades in a few bytes.
 *
 * @param state of its SHA-256 the first eight bytes
 * @param trades how many count
 * @param numbers the sum of their sequences
 */
record Fingerprint(long state, long trades, long numbers) {

    static Fingerprint of(BotState state, long trades, long numbers) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(new PlainJson().write(state));
            return new Fingerprint(ByteBuffer.wrap(hash).getLong(), trades, numbers);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
