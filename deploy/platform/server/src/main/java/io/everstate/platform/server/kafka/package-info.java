/** One Kafka broker and controller in this JVM. */
@NullMarked
package io.everstate.platform.server.kafka;

import org.jspecify.annotations.NullMarked;
