package io.everstate.state.archive;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.peer.SegmentArchive;
import jakarta.inject.Singleton;
import java.util.List;

/** The logs of which something is archived. */
@Singleton
public final class ArchivedLogs {
    private final SegmentArchive archive;
    private final EventLog log;
    private final PartitionLog live;

    ArchivedLogs(SegmentArchive archive, EventLog log, PartitionLog live) {
        this.archive = archive;
        this.log = log;
        this.live = live;
    }

    /**
     * What is archived of a partition.
     *
     * @param archivedTo the offset behind the last record
     */
    public record ArchivedPartition(String topicId, long archivedTo) {}

    /**
     * What is archived of a partition of the topics in whose place the present one came, the newest first.
     *
     * @throws ProblemException UNAVAILABLE when backup-service does not answer
     */
    public List<ArchivedPartition> older(int partition, String presentTopicId) {
        return archive.partitions().stream()
                .filter(one -> one.topic().equals(log.topicName()) && one.partition() == partition)
                .filter(one -> !one.topicId().equals(presentTopicId))
                .map(one -> new ArchivedPartition(one.topicId(), one.archivedTo()))
                .toList()
                .reversed();
    }

    /**
     * @param topicId Kafka's id of its topic, which need not be there any more
     * @throws ProblemException UNAVAILABLE when Kafka does not answer
     */
    public ReadableLog of(String topicId) {
        var isThere = log.find().filter(topic -> topic.id().equals(topicId)).isPresent();
        return new ArchivedLog(archive, log.topicName(), topicId, isThere ? live : null);
    }
}
