/** backup-service beside the tools that people use instead: backups and restores of a tree of files, and the archive of the event log. */
@NullMarked
package io.everstate.benchmarks.backup;

import org.jspecify.annotations.NullMarked;
