package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;

/**
 * A part of a content that can be read without the rest.
 *
 * @param first no bot before this one is in it
 * @param offset of its first byte within the content
 * @param length in bytes, as stored
 * @param sha256 of the stored bytes, in hexadecimal
 */
public record Frame(BotId first, long offset, int length, String sha256) {
    /** Larger than the largest state that could be stored; a longer one is damage that would only eat memory. */
    static final int LONGEST = 32 * 1024 * 1024;

    /** Whether these are its bytes. */
    public boolean holds(byte[] stored) {
        return stored.length == length && sha256.equals(Sha256.of(stored));
    }
}
