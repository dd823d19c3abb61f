/** Putting files back: staged, swapped one by one, undone when a step fails. */
@NullMarked
package io.everstate.backup.restore;

import org.jspecify.annotations.NullMarked;
