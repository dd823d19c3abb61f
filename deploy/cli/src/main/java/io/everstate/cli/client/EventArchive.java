package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.contracts.backup.TopicRestoreRequest;
import io.everstate.contracts.backup.TopicRestoreView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The segments of the event log in backup-service. */
public final class EventArchive {

    private static final String RESTORES = "/api/v1/topic-restores";

    private final ServiceClient service;

    public EventArchive(Services services) {
        this.service = services.of(ServiceName.BACKUP);
    }

    public List<SegmentPartitionView> partitions() {
        return service.get("/api/v1/segment-partitions", new TypeReference<>() {});
    }

    /**
     * Returns when it began; {@link #one} tells how far it is.
     *
     * @param topic the one that is written; null when the segments are checked only
     */
    public TopicRestoreView start(String topicId, @Nullable String topic) {
        return service.post(
                RESTORES,
                new TopicRestoreRequest(topicId, topic, topic == null ? true : null),
                new TypeReference<>() {});
    }

    public TopicRestoreView one(UUID id) {
        return service.get(RESTORES + "/" + id, new TypeReference<>() {});
    }
}
