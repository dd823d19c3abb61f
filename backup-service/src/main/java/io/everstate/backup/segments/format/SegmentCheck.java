package io.everstate.backup.segments.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.MemoryRecords;
import org.jspecify.annotations.Nullable;

/** Compares batches with the header that they came with: every CRC, sum, offset and number. One batch is in memory at a time. */
final class SegmentCheck {
    /** Of a batch: its first offset, and how many bytes follow. */
    private static final int PREFIX = Long.BYTES + Integer.BYTES;

    private final SegmentHeader header;
    private final MessageDigest content = Sha256.digest();
    private long bytes;
    private int records;
    private long next;
    private @Nullable LoggedRecord last;

    private SegmentCheck(SegmentHeader header) {
        this.header = header;
        this.next = header.firstOffset();
    }

    /**
     * Reads to the end of the batches.
     *
     * @throws SegmentCorruptException when they are not those that the header is of
     */
    static void check(SegmentHeader header, InputStream batches) throws IOException {
        var check = new SegmentCheck(header);
        try {
            for (var prefix = batches.readNBytes(PREFIX); prefix.length > 0; prefix = batches.readNBytes(PREFIX)) {
                check.take(check.batch(prefix, batches));
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw new SegmentCorruptException("a batch of records is damaged: " + e.getMessage(), e);
        }
        check.end();
    }

    private byte[] batch(byte[] prefix, InputStream batches) throws IOException {
        var following = prefix.length < PREFIX ? -1 : ByteBuffer.wrap(prefix).getInt(Long.BYTES);
        if (following < 0 || bytes + PREFIX + following > header.contentBytes()) {
            throw new SegmentCorruptException("the last batch of records is cut, or not as long as its header says");
        }
        var batch = Arrays.copyOf(prefix, PREFIX + following);
        if (batches.readNBytes(batch, PREFIX, following) < following) {
            throw new SegmentCorruptException("the last batch of records is cut");
        }
        return batch;
    }

    private void take(byte[] stored) {
        bytes += stored.length;
        content.update(stored);
        MemoryRecords.readableRecords(ByteBuffer.wrap(stored)).batches().forEach(batch -> {
            batch.ensureValid();
            batch.forEach(one -> take(LoggedRecord.of(one)));
        });
    }

    private void take(LoggedRecord logged) {
        if (logged.offset() < next) {
            throw new SegmentCorruptException("its records are not in their order at " + logged.offset());
        }
        records++;
        next = logged.offset() + 1;
        last = logged;
    }

    private void end() {
        if (bytes != header.contentBytes()
                || !HexFormat.of().formatHex(content.digest()).equals(header.contentSha256())) {
            throw new SegmentCorruptException("the records are not those that its header is of");
        }
        if (last == null || records != header.records()) {
            throw new SegmentCorruptException(
                    "it holds %d records, its header says %d".formatted(records, header.records()));
        }
        if (next != header.endOffset() || !last.digest().equals(header.lastRecord())) {
            throw new SegmentCorruptException("its last record is not the one that its header names");
        }
    }
}
