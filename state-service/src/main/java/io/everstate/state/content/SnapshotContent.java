package io.everstate.state.content;

/**
 * What there is to know about a written content.
 *
 * @param bots lines in it
 * @param bytes as stored, compressed
 * @param sha256 of the stored bytes, in hexadecimal
 */
public record SnapshotContent(ContentFormat format, long bots, long bytes, String sha256, FrameIndex frames) {}
