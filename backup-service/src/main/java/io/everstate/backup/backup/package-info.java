/** Taking a backup, from the request to read back and verified. */
@NullMarked
package io.everstate.backup.backup;

import org.jspecify.annotations.NullMarked;
