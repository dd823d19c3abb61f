/** What every feature needs and none owns: clock, JSON, problems, rhythm. */
@NullMarked
package io.everstate.recovery.platform;

import org.jspecify.annotations.NullMarked;
