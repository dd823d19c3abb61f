/** Events that were committed and are on their way to Kafka. */
@NullMarked
package io.everstate.backup.outbox;

import org.jspecify.annotations.NullMarked;
