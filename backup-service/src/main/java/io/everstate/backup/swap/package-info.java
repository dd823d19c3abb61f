/** Replacing files of a workspace, each at once, and putting back what was there. */
@NullMarked
package io.everstate.backup.swap;

import org.jspecify.annotations.NullMarked;
