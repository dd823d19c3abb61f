/** Copies of SQLite databases that others have open, taken by SQLite itself. */
@NullMarked
package io.everstate.backup.sqlite;

import org.jspecify.annotations.NullMarked;
