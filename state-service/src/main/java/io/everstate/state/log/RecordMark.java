package io.everstate.state.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record from any other that may stand at its offset.
 *
 * @param hash SHA-256 of its time, key, headers and value, in hexadecimal digits
 */
public record RecordMark(long offset, String hash) {
    private static final int ABSENT = -1;

    /** The same whether the record was read with its key as text or as bytes. */
    public static RecordMark of(ConsumerRecord<?, byte[]> stored) {
        var digest = sha256();
        digest.update(
                ByteBuffer.allocate(Long.BYTES).putLong(stored.timestamp()).flip());
        add(digest, key(stored.key()));
        for (var header : stored.headers()) {
            add(digest, header.key().getBytes(StandardCharsets.UTF_8));
            add(digest, header.value());
        }
        add(digest, stored.value());
        return new RecordMark(stored.offset(), HexFormat.of().formatHex(digest.digest()));
    }

    /** As text: of bytes that are none more than one key would be the same, but not of ours. */
    private static byte @Nullable [] key(@Nullable Object key) {
        return switch (key) {
            case null -> null;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            default -> key.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static void add(MessageDigest digest, byte @Nullable [] part) {
        var length = part == null ? ABSENT : part.length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (part != null) {
            digest.update(part);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
