package io.everstate.state.projection;

import java.util.function.LongSupplier;

/**
 * Where a partition ends.
 *
 * @param then when all partitions were asked for
 * @param now asks again
 */
record PartitionEnd(long then, LongSupplier now) {}
