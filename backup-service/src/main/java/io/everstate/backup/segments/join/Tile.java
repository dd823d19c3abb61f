package io.everstate.backup.segments.join;

/**
 * A small segment of a partition, as the catalogue knows it.
 *
 * @param endOffset behind its last record
 * @param sha256 of its object
 * @param contentBytes of its records, or about as many
 */
record Tile(long firstOffset, long endOffset, String objectName, String sha256, long contentBytes) {}
