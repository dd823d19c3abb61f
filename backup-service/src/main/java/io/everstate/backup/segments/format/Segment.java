package io.everstate.backup.segments.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A run of consecutive records of one partition. Its batches are as its header says: one that is not cannot be made. */
public record Segment(SegmentHeader header, ByteBuffer batches) {
    public Segment {
        var bytes = new ByteArrayInputStream(
                batches.array(), batches.arrayOffset() + batches.position(), batches.remaining());
        try {
            SegmentCheck.check(header, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In their order. */
    public List<LoggedRecord> records() {
        return RecordBatches.read(batches);
    }
}
