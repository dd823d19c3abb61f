/** Directories of files that belong to bots: what they hold, and reading it without tearing. */
@NullMarked
package io.everstate.backup.workspace;

import org.jspecify.annotations.NullMarked;
