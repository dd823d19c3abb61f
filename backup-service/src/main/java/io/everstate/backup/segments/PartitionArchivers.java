package io.everstate.backup.segments;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.segments.PartitionArchiver.Tools;
import io.everstate.backup.segments.format.LogPartition;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Archivers of partitions that no other replica archives now, and how many replicas share them. For one thread. */
@Singleton
class PartitionArchivers {
    private static final String REPLICA = "segments-replica:";

    private final String replica = REPLICA + UUID.randomUUID();
    private final Tools tools;
    private final Leases leases;
    private @Nullable Lease presence;

    PartitionArchivers(
            EventTopic topic, SegmentRows rows, SegmentObjects objects, SegmentMetrics metrics, Leases leases) {
        this.tools = new Tools(topic, rows, objects, metrics);
        this.leases = leases;
    }

    /** Empty while another replica has the partition's lease. */
    Optional<PartitionArchiver> tryAcquire(LogPartition partition) throws SQLException {
        return leases.tryAcquire(SegmentRows.leaseName(partition))
                .map(lease -> new PartitionArchiver(tools, partition, lease));
    }

    void release(PartitionArchiver archiver) {
        leases.release(archiver.lease());
    }

    /** How many of so many partitions are this replica's: as many as each one's that archives now, which this one is known to do from then on. */
    int share(int partitions) throws SQLException {
        if (presence == null || !presence.isHeld()) {
            leave();
            leases.forget(REPLICA);
            presence = leases.tryAcquire(replica).orElse(null);
        }
        return Math.ceilDiv(partitions, Math.max(1, leases.held(REPLICA)));
    }

    /** Leaves the partitions to the other replicas. */
    void leave() {
        if (presence != null) {
            leases.release(presence);
            presence = null;
        }
    }
}
