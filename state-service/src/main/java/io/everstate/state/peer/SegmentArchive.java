package io.everstate.state.peer;

import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.SegmentView;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.GenericType;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The records of the log that backup-service has archived. */
@Singleton
public final class SegmentArchive {
    private static final int PAGE = 200;
    private static final GenericType<Page<SegmentView>> SEGMENTS = new GenericType<>() {};

    private static final GenericType<List<SegmentPartitionView>> PARTITIONS = new GenericType<>() {};

    private final SegmentApi api;

    SegmentArchive(@RestClient SegmentApi api) {
        this.api = api;
    }

    /**
     * How far each partition of each topic that there ever was is archived, in the order in which the topics came.
     *
     * @throws PeerException UNAVAILABLE without an answer
     */
    public List<SegmentPartitionView> partitions() {
        return listed(() -> Peer.BACKUP_SERVICE.call(api::partitions, answer -> answer.readEntity(PARTITIONS)));
    }

    /**
     * Segments of a partition in their order, the first one that holds an offset or lies behind it; not all of them, and none where there are
     * none.
     *
     * @throws PeerException UNAVAILABLE without an answer
     */
    public List<SegmentView> from(String topicId, int partition, long offset) {
        return listed(() -> Peer.BACKUP_SERVICE
                .call(() -> api.list(topicId, partition, offset, PAGE), answer -> answer.readEntity(SEGMENTS))
                .items());
    }

    /** A list that is not found is one of a backup-service that does not have it: that says nothing of what is archived. */
    private static <T> List<T> listed(Supplier<List<T>> question) {
        try {
            return question.get();
        } catch (PeerException e) {
            throw e.type() == ProblemType.NOT_FOUND ? new PeerException(ProblemType.UNAVAILABLE, e.detail(), e) : e;
        }
    }

    /**
     * The record batches of one, as Kafka stores them (message format 2), of which every check sum agreed.
     *
     * @throws PeerException NOT_FOUND or CORRUPT when they are not to be had any more, CONFLICT when backup-service has no key that opens them,
     *     UNAVAILABLE when a retry can help
     */
    public byte[] content(SegmentView segment) {
        return Peer.BACKUP_SERVICE.call(
                () -> api.content(segment.topicId(), segment.partition(), segment.firstOffset()),
                answer -> answer.readEntity(byte[].class));
    }
}
