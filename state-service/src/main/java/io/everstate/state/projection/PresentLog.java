package io.everstate.state.projection;

import io.everstate.state.log.EventLog;
import io.everstate.state.log.LogTopic;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.RecordMark;
import java.util.Map;
import java.util.Optional;

/** What the log is now, asked whenever partitions are taken up. Throws LogUnavailableException when it does not answer. */
interface PresentLog {
    /** Empty while there is none. */
    Optional<LogTopic> topic();

    /** Where each partition ends; empty while there is no topic. */
    Map<Integer, Long> ends();

    /** Whether this record still stands in the partition; true where the log begins behind it. */
    boolean holds(int partition, RecordMark record);

    static PresentLog of(EventLog log, PartitionLog records) {
        return new PresentLog() {
            @Override
            public Optional<LogTopic> topic() {
                return log.find();
            }

            @Override
            public Map<Integer, Long> ends() {
                return log.endOffsets();
            }

            @Override
            public boolean holds(int partition, RecordMark record) {
                return records.holds(partition, record);
            }
        };
    }
}
