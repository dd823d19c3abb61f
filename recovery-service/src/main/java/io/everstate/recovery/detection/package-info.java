/** Looks at the suite and decides, from two signals each, whether a disaster happened. */
@NullMarked
package io.everstate.recovery.detection;

import org.jspecify.annotations.NullMarked;
