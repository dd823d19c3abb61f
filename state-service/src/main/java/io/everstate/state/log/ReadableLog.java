package io.everstate.state.log;

import io.everstate.contracts.problem.ProblemException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stands in the partitions of one log already. */
public interface ReadableLog {
    /** Looks at records one by one. */
    interface Reader {
        /** @return whether it wants the next one */
        boolean read(ConsumerRecord<byte[], byte[]> stored);
    }

    /**
     * Shows the records from one offset up to another, which is not shown any more, in their order, until the reader has enough.
     *
     * @throws ReadingTooLongException when the reader has not got all within the time it may take
     * @throws ProblemException UNAVAILABLE when nobody answers
     * @throws LogBeginsLaterException when records of these are not to be had any more
     */
    void read(int partition, long from, long to, Reader reader);

    /**
     * Whether the record still stands where it was folded. Nothing there is another log too: this one has no transactions and is not compacted,
     * so that nothing makes holes in it.
     *
     * @throws ProblemException UNAVAILABLE when the record was not read in time
     */
    boolean holds(int partition, RecordMark mark);

    /**
     * Shows the records behind this one up to an offset, as {@link #read} does: none when another record stands at its place by now, or when it
     * does not lie in front of that offset.
     *
     * @return whether the log still has it
     */
    default boolean readBehind(int partition, RecordMark mark, long to, Reader reader) {
        var held = new AtomicBoolean();
        read(partition, mark.offset(), to, stored -> {
            if (!held.get()) {
                held.set(RecordMark.of(stored).equals(mark));
                return held.get();
            }
            return reader.read(stored);
        });
        return held.get();
    }
}
