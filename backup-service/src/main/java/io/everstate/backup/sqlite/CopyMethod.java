package io.everstate.backup.sqlite;

/** How an SQLite database was copied. */
public enum CopyMethod {
    /** By SQLite's online backup, with what was in its write-ahead log; the copy passed the integrity check and needs no file beside it. */
    ONLINE_BACKUP,
    /**
     * Nobody wrote to it: its files were copied as they lay there, and SQLite brought the copy in order as after a power cut. It passed the
     * integrity check and needs no file beside it.
     */
    RECOVERED,
    /** Byte by byte, and nothing more; what lies beside it belongs to it. */
    BYTES
}
