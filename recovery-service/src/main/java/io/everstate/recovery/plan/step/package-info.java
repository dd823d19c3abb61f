/** The actions that the plans are made of. */
@NullMarked
package io.everstate.recovery.plan.step;

import org.jspecify.annotations.NullMarked;
