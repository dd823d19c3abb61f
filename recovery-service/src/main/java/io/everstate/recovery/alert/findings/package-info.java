/** Alerts about what state-service found in the log and in snapshots. */
@NullMarked
package io.everstate.recovery.alert.findings;

import org.jspecify.annotations.NullMarked;
