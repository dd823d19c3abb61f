package io.everstate.state.archive;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.log.EventLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.peer.SegmentArchive;
import jakarta.inject.Singleton;

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
     * @param topicId Kafka's id of its topic, which need not be there any more
     * @throws ProblemException UNAVAILABLE when Kafka does not answer
     */
    public ReadableLog of(String topicId) {
        var isThere = log.find().filter(topic -> topic.id().equals(topicId)).isPresent();
        return new ArchivedLog(archive, log.topicName(), topicId, isThere ? live : null);
    }
}
