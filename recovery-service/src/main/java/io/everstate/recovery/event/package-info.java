/** Facts for other services, kept until Kafka has them. */
@NullMarked
package io.everstate.recovery.event;

import org.jspecify.annotations.NullMarked;
