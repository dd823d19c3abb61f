package io.everstate.backup.segments.format;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A segment that is to be stored.
 *
 * @param batches of its records, in their order
 */
public record SegmentContent(SegmentHeader header, List<ByteBuffer> batches) {}
