package io.everstate.backup.segments;

import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.ArchiveWorkers.Kind;
import io.everstate.backup.segments.EventTopic.Found;
import io.everstate.backup.segments.format.LogPartition;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of a topic that was made anew, until it is written down what of them is archived and what is lost. It is tried at each look, and only what is
 * written down is forgotten: a lease that was lost meanwhile is taken again when nobody else has it. For one thread.
 */
final class GonePartitions {
    private static final Logger LOG = Logger.getLogger(GonePartitions.class);

    private final SegmentRows rows;
    private final PartitionArchivers leased;
    private final ArchiveWorkers workers;
    private final Set<PartitionArchiver> busy;
    private final Map<LogPartition, Long> ends = new HashMap<>();
    private final Map<LogPartition, PartitionArchiver> archivers = new HashMap<>();
    private boolean remembered;

    /** @param busy those of whom something has not ended yet */
    GonePartitions(SegmentRows rows, PartitionArchivers leased, ArchiveWorkers workers, Set<PartitionArchiver> busy) {
        this.rows = rows;
        this.leased = leased;
        this.workers = workers;
        this.busy = busy;
    }

    /** @param logEnd where its log ended when it was seen last; 0 when it never was */
    void add(LogPartition partition, long logEnd) {
        ends.merge(partition, logEnd, Math::max);
    }

    /** One of those, with the lease that it has. */
    void keep(PartitionArchiver archiver) {
        archivers.put(archiver.partition(), archiver);
    }

    /** Once: what was on its way into the archive when the topic was made anew and no replica ran to see it. */
    void remember(Found now) {
        if (remembered) {
            return;
        }
        for (var known : rows.known()) {
            var partition = known.partition();
            if (known.topic().equals(now.topic()) && !partition.topicId().equals(now.topicId())) {
                rows.unsettled(partition, known.archivedTo()).ifPresent(begun -> add(partition, begun.endOffset()));
            }
        }
        remembered = true;
    }

    void look() throws SQLException {
        for (var gone : Map.copyOf(ends).entrySet()) {
            var archiver = archiver(gone.getKey());
            if (archiver != null && busy.add(archiver)) {
                lose(archiver, gone.getValue());
            }
        }
    }

    /** Null while another replica has the lease. */
    private @Nullable PartitionArchiver archiver(LogPartition partition) throws SQLException {
        var known = archivers.get(partition);
        if (known != null) {
            return known;
        }
        var taken = leased.tryAcquire(partition).orElse(null);
        if (taken != null) {
            archivers.put(partition, taken);
        }
        return taken;
    }

    private void lose(PartitionArchiver archiver, long logEnd) {
        workers.run(
                Kind.OPENING,
                () -> {
                    archiver.lose(logEnd);
                    return archiver;
                },
                this::written,
                e -> notWritten(archiver, e));
    }

    private void written(PartitionArchiver archiver) {
        busy.remove(archiver);
        ends.remove(archiver.partition());
        release(archiver);
    }

    private void notWritten(PartitionArchiver archiver, Throwable failure) {
        busy.remove(archiver);
        LOG.warnf(
                "That records of %s are lost is not written down yet: %s", archiver.partition(), failure.getMessage());
        if (failure instanceof LeaseLostException) {
            release(archiver);
        }
    }

    private void release(PartitionArchiver archiver) {
        archivers.remove(archiver.partition());
        leased.release(archiver);
    }

    /** The next one who starts finds what is not written down. */
    void end() {
        archivers.values().forEach(leased::release);
    }
}
