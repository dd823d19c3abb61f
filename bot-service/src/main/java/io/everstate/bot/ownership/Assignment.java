package io.everstate.bot.ownership;

import io.everstate.contracts.log.PartitionFold;

/**
 * A partition as the group gave it to this replica.
 *
 * @param fold what is known of the partition up to the first record that will be folded
 * @param from the offset of the first record that will be read; those before what the fold knows are only looked through for who owned last
 * @param stoodAt where the partition ended when this process came to it: what stands behind that was written while this process stood
 */
record Assignment(int partition, PartitionFold fold, long from, long stoodAt, Past past) {}
