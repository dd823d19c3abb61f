/** The event log as Kafka keeps it: whether it answers, what the topic is, where it ends. */
@NullMarked
package io.everstate.state.log;

import org.jspecify.annotations.NullMarked;
