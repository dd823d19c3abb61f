/** One figure a line, with what it is to reach. */
@NullMarked
package io.everstate.benchmarks.figure;

import org.jspecify.annotations.NullMarked;
