/** The suite as a whole. */
@NullMarked
package io.everstate.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
