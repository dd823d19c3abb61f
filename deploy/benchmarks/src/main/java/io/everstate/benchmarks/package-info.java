/** Measures what Everstate promises. */
@NullMarked
package io.everstate.benchmarks;

import org.jspecify.annotations.NullMarked;
