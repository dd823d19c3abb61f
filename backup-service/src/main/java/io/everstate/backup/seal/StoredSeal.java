package io.everstate.backup.seal;

import io.everstate.contracts.backup.SealHead;

/**
 * A seal and the bytes that are stored of it.
 *
 * @param sha256 of those bytes, in hexadecimal: the next one's {@link Seal#previous()}
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record StoredSeal(Seal seal, byte[] bytes, String sha256) {
    public String object() {
        return SealNames.of(seal.workspace(), seal.number(), sha256);
    }

    public SealHead head() {
        return new SealHead(seal.number(), sha256);
    }
}
