package io.everstate.backup.seal;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.everstate.backup.archive.Digests;
import io.everstate.backup.seal.SealReading.Broken;
import io.everstate.backup.seal.SealReading.Genuine;
import io.everstate.backup.seal.SealReading.UnknownKey;
import io.everstate.backup.seal.SealReading.Unsigned;
import io.everstate.backup.seal.SealReading.WrongSignature;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.seal.key.SigningKey;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * The bytes of a seal: a line of JSON that says it, and where there is a key a line that holds the signature of the first one with its end of line, so that
 * {@code head -n 1} and {@code openssl pkeyutl} can check it.
 */
public final class SealFile {
    /** No seal is nearly as long: what is longer is not read. */
    static final int MAX_BYTES = 64 << 10;

    private static final byte END = '\n';

    private final JsonFormat json;
    private final SealKeys keys;

    public SealFile(JsonFormat json, SealKeys keys) {
        this.json = json;
        this.keys = keys;
    }

    /**
     * @param keyId which key signed
     * @param signature in base64
     */
    @JsonPropertyOrder({"keyId", "signature"})
    record Signed(String keyId, String signature) {}

    public StoredSeal write(Seal seal) {
        var line = line(seal);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(line);
        keys.own().ifPresent(own -> bytes.writeBytes(line(signed(own, line))));
        return stored(seal, bytes.toByteArray());
    }

    private static Signed signed(SigningKey own, byte[] line) {
        return new Signed(own.id(), Base64.getEncoder().encodeToString(own.sign(line)));
    }

    private byte[] line(Object value) {
        var text = json.write(value);
        var line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = END;
        return line;
    }

    private static StoredSeal stored(Seal seal, byte[] bytes) {
        return new StoredSeal(seal, bytes, Digests.sha256(bytes));
    }

    /** What lies in the bucket, where anybody may have written. */
    public SealReading read(byte[] bytes) {
        try {
            var end = endOfFirstLine(bytes);
            var line = Arrays.copyOf(bytes, end);
            var seal = json.read(line, Seal.class);
            if (seal == null || !seal.isWhole()) {
                return new Broken("it is no seal");
            }
            if (seal.formatVersion() != Seal.FORMAT_VERSION) {
                return new Broken("its format version is " + seal.formatVersion());
            }
            return end == bytes.length
                    ? new Unsigned(stored(seal, bytes))
                    : signed(
                            stored(seal, bytes),
                            line,
                            json.read(Arrays.copyOfRange(bytes, end, bytes.length), Signed.class));
        } catch (UnreadableRecordException | IllegalArgumentException _) {
            return new Broken("it is no seal");
        }
    }

    private SealReading signed(StoredSeal stored, byte[] line, Signed signed) {
        if (signed == null || signed.keyId() == null || signed.signature() == null) {
            return new Broken("what is behind its first line is no signature");
        }
        if (!keys.trusts(signed.keyId())) {
            return new UnknownKey(signed.keyId(), stored.sha256());
        }
        return keys.verifies(signed.keyId(), line, Base64.getDecoder().decode(signed.signature()))
                ? new Genuine(stored)
                : new WrongSignature(signed.keyId(), stored.sha256());
    }

    /** What the catalogue has, which was written or checked here. */
    StoredSeal known(byte[] bytes) {
        return stored(json.read(Arrays.copyOf(bytes, endOfFirstLine(bytes)), Seal.class), bytes);
    }

    /** Behind the end of the line; the length of all when there is none. */
    private static int endOfFirstLine(byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == END) {
                return i + 1;
            }
        }
        return bytes.length;
    }
}
