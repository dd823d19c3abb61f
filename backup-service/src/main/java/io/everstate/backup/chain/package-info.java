/** What backups are built upon: finding it, and seeing that it is there. */
@NullMarked
package io.everstate.backup.chain;

import org.jspecify.annotations.NullMarked;
