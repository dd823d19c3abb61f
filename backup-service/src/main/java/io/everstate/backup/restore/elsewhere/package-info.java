/** Restores into directories that are no workspaces. */
@NullMarked
package io.everstate.backup.restore.elsewhere;

import org.jspecify.annotations.NullMarked;
