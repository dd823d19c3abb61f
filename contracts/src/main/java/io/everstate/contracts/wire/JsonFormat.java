package io.everstate.contracts.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Turns wire types into JSON and back; each service lends its own JSON library. Must write {@code java.time} values as ISO-8601 strings,
 * keep no property back that is not null, and ignore properties it does not know (a schema change is additive).
 */
public interface JsonFormat {
    byte[] write(Object value);

    /** @throws UnreadableRecordException when the bytes are no JSON of that type */
    <T> T read(byte[] json, Class<T> type);

    /**
     * The same bytes, to a target that stays open. Who lends a library that writes piece by piece overrides it, for values of any length.
     *
     * @throws IOException what the target throws, as it is
     */
    default void write(Object value, OutputStream target) throws IOException {
        target.write(write(value));
    }

    /**
     * From a source that stays open, and of which not all need be read. Who lends a library that reads piece by piece overrides it, for values of any length.
     *
     * @throws UnreadableRecordException when the bytes are no JSON of that type
     * @throws IOException what the source throws
     */
    default <T> T read(InputStream json, Class<T> type) throws IOException {
        return read(json.readAllBytes(), type);
    }

    /**
     * Whether {@link #read} refuses by itself what is {@link Whole} and has a property that is not known. If not, who must not miss one reads
     * the bytes once more without a type, which takes longer than the first time.
     */
    default boolean refusesUnknownInWhole() {
        return false;
    }
}
