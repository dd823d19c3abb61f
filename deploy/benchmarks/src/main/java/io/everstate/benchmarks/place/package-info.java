/** A platform of its own for each benchmark, and the services on it as processes. */
@NullMarked
package io.everstate.benchmarks.place;

import org.jspecify.annotations.NullMarked;
