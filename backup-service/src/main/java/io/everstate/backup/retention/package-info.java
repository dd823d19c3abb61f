/** Which backups stay, which go, and why. */
@NullMarked
package io.everstate.backup.retention;

import org.jspecify.annotations.NullMarked;
