/** What was written down for people, and is not needed any more, is removed. */
@NullMarked
package io.everstate.backup.upkeep;

import org.jspecify.annotations.NullMarked;
