package io.everstate.bot.ownership;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that stands among the bots' events and is not ours.
 *
 * @param why it is not
 */
record DeadLetter(ConsumerRecord<String, byte[]> found, String why) {
    /** Where it was found; of the same record always the same. */
    String key() {
        return found.partition() + "-" + found.offset();
    }
}
