package io.everstate.backup.packing;

/** What compresses archives. */
public enum Compression {
    GZIP,
    ZSTD
}
