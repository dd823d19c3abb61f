package io.everstate.state.archive;

import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.peer.SegmentArchive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one question reads of the archived logs, until its time is over. Not thread-safe. */
public final class ArchiveReading {
    private final SegmentArchive archive;
    private final EventLog log;
    private final PartitionLog live;
    private final long end;
    private @Nullable List<SegmentPartitionView> partitions;

    /** @param end as {@link System#nanoTime} counts */
    ArchiveReading(SegmentArchive archive, EventLog log, PartitionLog live, long end) {
        this.archive = archive;
        this.log = log;
        this.live = live;
        this.end = end;
    }

    /**
     * A partition of a log in whose place another one came.
     *
     * @param divergence why what is archived of it is not what it was any more; null when it is
     */
    public record OlderLog(String topicId, @Nullable String divergence) {}

    /**
     * The archived logs in whose place the present one came, the newest first.
     *
     * @throws ProblemException UNAVAILABLE when backup-service does not answer
     */
    public List<OlderLog> older(int partition, String presentTopicId) {
        var known = partitions == null ? archive.partitions() : partitions;
        partitions = known;
        var ofThisOne = known.stream()
                .filter(one -> one.topic().equals(log.topicName()) && one.partition() == partition)
                .toList();
        return older(ofThisOne, presentTopicId);
    }

    /** @param partitions in the order in which they came; the present one is not among them when nothing of it is archived yet */
    static List<OlderLog> older(List<SegmentPartitionView> partitions, String presentTopicId) {
        return partitions.stream()
                .takeWhile(one -> !one.topicId().equals(presentTopicId))
                .map(one -> new OlderLog(one.topicId(), one.divergence()))
                .toList()
                .reversed();
    }

    /**
     * What is archived, and behind that what the log still holds: whether it is still that one is asked where it is needed.
     *
     * @param topicId Kafka's id of its topic, which need not be there any more
     */
    public ReadableLog of(String topicId) {
        return new ArchivedLog(
                archive,
                log.topicName(),
                topicId,
                () -> log.find().filter(topic -> topic.id().equals(topicId)).map(_ -> live.until(end)),
                end);
    }
}
