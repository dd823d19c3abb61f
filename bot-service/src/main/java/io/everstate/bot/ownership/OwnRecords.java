package io.everstate.bot.ownership;

import io.everstate.contracts.log.DecodedRecord;
import io.everstate.contracts.log.DecodedRecord.Known;
import io.everstate.contracts.log.EncodedRecord;
import io.everstate.contracts.log.LogRecord;
import io.everstate.contracts.log.RecordCodec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows what this process wrote: a record that comes back from the log with the same headers and the same bytes is not decoded anew. One
 * that differs in anything is what the log says. Safe for many threads.
 */
final class OwnRecords {
    /** Bytes of records that have not come back yet; what is more is decoded when it comes. */
    static final int ROOM = 16 << 20;

    private final RecordCodec codec;
    /** By id, the oldest first. */
    private final Map<String, Sent> sent = new LinkedHashMap<>();

    private long bytes;

    OwnRecords(RecordCodec codec) {
        this.codec = codec;
    }

    private record Sent(LogRecord entry, EncodedRecord encoded) {
        boolean is(Map<String, String> headers, byte @Nullable [] data) {
            return encoded.headers().equals(headers) && Arrays.equals(encoded.data(), data);
        }
    }

    EncodedRecord encode(LogRecord entry) {
        var encoded = codec.encode(entry);
        keep(entry.id().toString(), new Sent(entry, encoded));
        return encoded;
    }

    /** As {@link RecordCodec#read}. */
    DecodedRecord read(Map<String, String> headers, byte @Nullable [] data) {
        var own = take(headers.get(RecordCodec.ID));
        return own != null && own.is(headers, data) ? new Known(own.entry()) : codec.read(headers, data);
    }

    private synchronized void keep(String id, Sent record) {
        sent.put(id, record);
        bytes += record.encoded().data().length;
        var oldest = sent.values().iterator();
        while (bytes > ROOM) {
            bytes -= oldest.next().encoded().data().length;
            oldest.remove();
        }
    }

    private synchronized @Nullable Sent take(@Nullable String id) {
        var own = id == null ? null : sent.remove(id);
        if (own != null) {
            bytes -= own.encoded().data().length;
        }
        return own;
    }
}
