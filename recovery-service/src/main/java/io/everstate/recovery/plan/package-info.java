/** What to do about each disaster, as data. */
@NullMarked
package io.everstate.recovery.plan;

import org.jspecify.annotations.NullMarked;
