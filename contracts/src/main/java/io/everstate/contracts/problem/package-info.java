/** What went wrong, in the words that REST, Kafka and retries share. */
@NullMarked
package io.everstate.contracts.problem;

import org.jspecify.annotations.NullMarked;
