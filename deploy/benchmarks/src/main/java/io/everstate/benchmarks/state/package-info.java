/** One state-service on the embedded platform: how fast it folds, how fresh its answers are, what a snapshot costs, how soon it is back. */
@NullMarked
package io.everstate.benchmarks.state;

import org.jspecify.annotations.NullMarked;
