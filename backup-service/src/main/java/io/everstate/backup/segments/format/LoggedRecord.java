package io.everstate.backup.segments.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record as the log has it.
 *
 * @param timestamp milliseconds of the epoch
 */
public record LoggedRecord(
        long offset,
        long timestamp,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<Header> headers) {

    public static LoggedRecord of(ConsumerRecord<ByteBuffer, ByteBuffer> stored) {
        return new LoggedRecord(
                stored.offset(),
                stored.timestamp(),
                stored.key(),
                stored.value(),
                List.of(stored.headers().toArray()));
    }

    static LoggedRecord of(Record stored) {
        return new LoggedRecord(
                stored.offset(), stored.timestamp(), stored.key(), stored.value(), List.of(stored.headers()));
    }

    /** SHA-256, in hexadecimal, of all there is of it: another record at its place has another. */
    public String digest() {
        var digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(offset)
                .putLong(timestamp)
                .flip());
        add(digest, key);
        add(digest, value);
        for (var header : headers) {
            var content = header.value();
            add(digest, ByteBuffer.wrap(header.key().getBytes(UTF_8)));
            add(digest, content == null ? null : ByteBuffer.wrap(content));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length in front, so that no byte can pass from one part to the next; none is not the same as an empty one. */
    private static void add(MessageDigest digest, @Nullable ByteBuffer bytes) {
        var length = bytes == null ? -1 : bytes.remaining();
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (bytes != null) {
            digest.update(bytes.duplicate());
        }
    }
}
