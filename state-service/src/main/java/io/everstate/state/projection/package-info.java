/** Reads the bots' events as a member of the consumer group and keeps what they fold to, batch by batch. */
@NullMarked
package io.everstate.state.projection;

import org.jspecify.annotations.NullMarked;
