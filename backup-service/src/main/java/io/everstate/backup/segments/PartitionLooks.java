package io.everstate.backup.segments;

import io.everstate.backup.segments.EventTopic.Bounds;
import io.everstate.backup.segments.EventTopic.Found;
import io.everstate.backup.segments.SegmentRows.Known;
import io.everstate.backup.segments.format.LogPartition;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How this replica saw each partition of the topic last, for REST and the metrics. Thread-safe. */
@Singleton
class PartitionLooks {
    private static final Logger LOG = Logger.getLogger(PartitionLooks.class);
    private static final String NO_LEADER = "no broker leads this partition";

    private final Map<LogPartition, PartitionLook> looks = new ConcurrentHashMap<>();
    private final SegmentMetrics metrics;
    private final Clock clock;

    PartitionLooks(SegmentMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Null when it was not seen yet. */
    @Nullable
    PartitionLook find(LogPartition partition) {
        return looks.get(partition);
    }

    /** Forgets what was seen of other topics, and takes up the bounds of this one's partitions that are known; needs no database, which may be away. */
    void see(Found topic, Map<LogPartition, Bounds> bounds) {
        looks.keySet().removeIf(partition -> !partition.topicId().equals(topic.topicId()));
        for (var number : topic.partitions()) {
            seeLeader(new LogPartition(topic.topicId(), number), topic.led().contains(number));
        }
        var now = clock.instant();
        bounds.forEach((partition, seen) ->
                looks.computeIfPresent(partition, (_, look) -> look.again(seen, look.archivedTo(), now)));
        metrics.looked(looks);
    }

    private void seeLeader(LogPartition partition, boolean led) {
        if (led) {
            looks.computeIfPresent(partition, (_, look) -> NO_LEADER.equals(look.failure()) ? look.with(null) : look);
        } else {
            failed(partition, NO_LEADER);
        }
    }

    /** What the catalogue says of one whose archive somebody else writes, or that was not seen yet. */
    void note(Known known, Bounds bounds) {
        var now = clock.instant();
        looks.merge(
                known.partition(),
                PartitionLook.first(bounds, known.archivedTo(), now),
                (before, _) -> before.again(bounds, known.archivedTo(), now));
        metrics.looked(looks);
    }

    /** Its archive ends there, or was found to. */
    void opened(LogPartition partition, long end) {
        looks.computeIfPresent(partition, (_, look) -> look.archived(end, clock.instant()));
    }

    /** A segment was stored, so that what failed before does not any more. */
    void stored(LogPartition partition, long end) {
        looks.computeIfPresent(
                partition, (_, look) -> look.archived(end, clock.instant()).with(null));
    }

    /** Told once for each reason. */
    void failed(LogPartition partition, String why) {
        metrics.failed();
        var before = looks.get(partition);
        if (before == null || !why.equals(before.failure())) {
            LOG.errorf("The archive of %s does not go on: %s", partition, why);
        }
        looks.computeIfPresent(partition, (_, look) -> look.with(why));
    }
}
