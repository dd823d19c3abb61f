/** The condition of the watched files now. */
@NullMarked
package io.everstate.backup.inspection;

import org.jspecify.annotations.NullMarked;
