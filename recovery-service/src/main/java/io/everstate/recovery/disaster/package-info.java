/** What was detected, and what shows it. */
@NullMarked
package io.everstate.recovery.disaster;

import org.jspecify.annotations.NullMarked;
