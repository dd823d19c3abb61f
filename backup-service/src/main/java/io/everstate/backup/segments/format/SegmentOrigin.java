package io.everstate.backup.segments.format;

/**
 * Where records come from.
 *
 * @param partitions of the topic
 */
public record SegmentOrigin(String topic, int partitions, LogPartition partition) {}
