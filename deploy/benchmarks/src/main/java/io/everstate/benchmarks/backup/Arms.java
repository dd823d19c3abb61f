package io.everstate.benchmarks.backup;

import java.io.PrintStream;

/**
 * All that a round of {@link TreeBackups} measures with.
 *
 * @param encrypted the service that packs with zstd and encrypts
 * @param gzip the one that packs as by default
 * @param bucket of the first
 */
record Arms(
        SampleTree tree,
        Peers peers,
        BackupServer encrypted,
        BackupServer gzip,
        Bucket bucket,
        Sheet sheet,
        PrintStream out) {}
