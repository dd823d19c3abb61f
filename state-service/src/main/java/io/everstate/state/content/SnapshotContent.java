package io.everstate.state.content;

/**
 * What there is to know about a written content.
 *
 * @param bots lines in it
 * @param bytes as stored, compressed
 * @param sha256 of the stored bytes, in hexadecimal
 */
public record SnapshotContent(long bots, long bytes, String sha256) {}
