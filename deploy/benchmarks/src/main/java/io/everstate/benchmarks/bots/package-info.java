/** One bot-service on the embedded platform. */
@NullMarked
package io.everstate.benchmarks.bots;

import org.jspecify.annotations.NullMarked;
