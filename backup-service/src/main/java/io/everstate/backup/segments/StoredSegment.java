package io.everstate.backup.segments;

import io.everstate.backup.segments.format.Segment;

/** A segment that was read from the storage, and what it holds. */
public record StoredSegment(PackedSegment packed, Segment segment) {}
