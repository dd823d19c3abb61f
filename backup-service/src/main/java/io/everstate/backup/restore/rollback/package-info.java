/** What takes a restore back. */
@NullMarked
package io.everstate.backup.restore.rollback;

import org.jspecify.annotations.NullMarked;
