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
    private static final String OTHERWISE = "it is not byte for byte as a seal is written";

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
    record Signed(String keyId, String signature) {
        static Signed of(String keyId, byte[] signature) {
            return new Signed(keyId, Base64.getEncoder().encodeToString(signature));
        }
    }

    public StoredSeal write(Seal seal) {
        var line = line(seal);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(line);
        keys.own().ifPresent(own -> bytes.writeBytes(line(signed(own, line))));
        return stored(seal, bytes.toByteArray());
    }

    private static Signed signed(SigningKey own, byte[] line) {
        return Signed.of(own.id(), own.sign(line));
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

    /**
     * What lies in the bucket, where anybody may have written. Only the bytes that {@link #write} makes are a seal: the next one follows the hash of all of them,
     * and the signature is of the first line alone.
     */
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
            if (!Arrays.equals(line, line(seal))) {
                return new Broken(OTHERWISE);
            }
            return end == bytes.length
                    ? new Unsigned(stored(seal, bytes))
                    : signed(stored(seal, bytes), line, Arrays.copyOfRange(bytes, end, bytes.length));
        } catch (UnreadableRecordException | IllegalArgumentException _) {
            return new Broken("it is no seal");
        }
    }

    private SealReading signed(StoredSeal stored, byte[] line, byte[] rest) {
        var signed = json.read(rest, Signed.class);
        if (signed == null || signed.keyId() == null || signed.signature() == null || !SealKeys.isId(signed.keyId())) {
            return new Broken("what is behind its first line is no signature");
        }
        var signature = Base64.getDecoder().decode(signed.signature());
        if (!Arrays.equals(rest, line(Signed.of(signed.keyId(), signature)))) {
            return new Broken(OTHERWISE);
        }
        if (!keys.trusts(signed.keyId())) {
            return new UnknownKey(signed.keyId(), stored.sha256());
        }
        return keys.verifies(signed.keyId(), line, signature)
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
