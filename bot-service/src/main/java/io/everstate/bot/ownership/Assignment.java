package io.everstate.bot.ownership;

import io.everstate.contracts.log.PartitionFold;

/**
 * A partition as the group gave it to this replica.
 *
 * @param fold what is known of the partition up to the first record that will be read
 * @param lastOwnEpoch the number of this process's newest ownership of the partition, {@value #NEVER_OWNED} if it had none. The claims of
 *     this process may lie before the first record that will be read; without the number its bots would be taken for lost.
 */
record Assignment(int partition, PartitionFold fold, long lastOwnEpoch) {
    static final long NEVER_OWNED = -1;
}
