package io.everstate.backup.catalogue;

/** How far a backup is. */
public record Progress(int files, long bytesDone, long bytesTotal) {}
