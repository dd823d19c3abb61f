package io.everstate.bot.ownership;

import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that stands among the bots' events and is not ours.
 *
 * @param why it is not
 */
record DeadLetter(ConsumerRecord<String, byte[]> found, String why) {
    /** What it takes in memory beside its content. */
    private static final int FRAME = 256;

    /** Where it was found; of the same record always the same. */
    String key() {
        return found.partition() + "-" + found.offset();
    }

    /** About what it takes in memory. */
    long bytes() {
        var headers = StreamSupport.stream(found.headers().spliterator(), false)
                .mapToLong(header -> header.key().length() + length(header.value()))
                .sum();
        var key = found.key() == null ? 0 : found.key().length();
        return FRAME + headers + key + length(found.value());
    }

    private static long length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }
}
