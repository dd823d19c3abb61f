package io.everstate.backup.segments;

import io.everstate.backup.lease.Leases;
import io.everstate.backup.segments.PartitionArchiver.Tools;
import io.everstate.backup.segments.format.LogPartition;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;

/** Archivers of partitions that no other replica archives now. */
@Singleton
class PartitionArchivers {
    private final Tools tools;
    private final Leases leases;

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
}
