package io.everstate.contracts.wire;

/**
 * Turns wire types into JSON and back; each service lends its own JSON library. Must write {@code java.time} values as ISO-8601 strings,
 * keep no property back that is not null, and ignore properties it does not know (a schema change is additive).
 */
public interface JsonFormat {
    byte[] write(Object value);

    /** @throws UnreadableRecordException when the bytes are no JSON of that type */
    <T> T read(byte[] json, Class<T> type);

    /**
     * Whether {@link #read} refuses by itself what is {@link Whole} and has a property that is not known. If not, who must not miss one reads
     * the bytes once more without a type, which takes longer than the first time.
     */
    default boolean refusesUnknownInWhole() {
        return false;
    }
}
