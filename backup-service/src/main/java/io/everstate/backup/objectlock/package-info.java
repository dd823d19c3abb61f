/** Locks that the bucket holds on backups, and which version of an object is the one that was written. */
@NullMarked
package io.everstate.backup.objectlock;

import org.jspecify.annotations.NullMarked;
