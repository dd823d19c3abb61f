package io.everstate.bot.ownership;

import io.everstate.contracts.log.PartitionFold;

/** Where reading a partition can begin. */
public interface PartitionLoader {
    /**
     * @param nextOffset of the first record that is not in the fold; 0 = the log's start
     */
    record Start(PartitionFold fold, long nextOffset) {
        public static Start ofLog() {
            return new Start(new PartitionFold(), 0);
        }
    }

    /**
     * Called for several partitions at a time. What cannot be loaded can be read from the log's start; a failure is tried again, and until
     * then nobody owns the partition.
     *
     * @param topicId of the topic as it is now; what was folded from another one of the same name must not be used
     */
    Start load(int partition, String topicId);
}
