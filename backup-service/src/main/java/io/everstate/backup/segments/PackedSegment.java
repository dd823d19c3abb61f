package io.everstate.backup.segments;

import io.everstate.backup.segments.format.SegmentHeader;
import io.everstate.backup.segments.format.Sha256;
import java.nio.ByteBuffer;

/**
 * A segment as it is stored.
 *
 * @param name of its object
 * @param file the object's bytes
 */
public record PackedSegment(String name, SegmentHeader header, ByteBuffer file) {
    /** Of the object's bytes. */
    public String sha256() {
        return Sha256.of(file);
    }
}
