/** What a restore would change. */
@NullMarked
package io.everstate.backup.restore.diff;

import org.jspecify.annotations.NullMarked;
