/** Fleets of bots that trade, as their owners write them into the log, and what any reader has to make of that. */
@NullMarked
package io.everstate.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
