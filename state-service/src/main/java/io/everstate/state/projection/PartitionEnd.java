package io.everstate.state.projection;

import io.everstate.state.log.RecordMark;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Where a partition ends.
 *
 * @param then when all partitions were asked for
 * @param now asks again
 * @param holds whether it still has a record
 */
record PartitionEnd(long then, LongSupplier now, Predicate<RecordMark> holds) {}
