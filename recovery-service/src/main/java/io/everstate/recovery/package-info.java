/** Watches the suite, detects disasters, runs the plans against them, and tells people. */
@NullMarked
package io.everstate.recovery;

import org.jspecify.annotations.NullMarked;
