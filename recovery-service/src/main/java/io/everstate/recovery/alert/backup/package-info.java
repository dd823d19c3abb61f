/** Alerts about backups, from what backup-service says of them. */
@NullMarked
package io.everstate.recovery.alert.backup;

import org.jspecify.annotations.NullMarked;
