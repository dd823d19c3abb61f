package io.everstate.backup.segments.join;

import io.everstate.backup.lease.Lease;
import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One look at all partitions: joins what is complete, one run after the other. For one thread at a time, but for {@link #failure}. */
@Singleton
class Joining {
    private static final Logger LOG = Logger.getLogger(Joining.class);

    private final JoinRows rows;
    private final SegmentJoin join;
    private final JoinConfiguration configuration;
    private final JoinMetrics metrics;
    private final Runs runs;
    /** In front of that nothing is to be joined any more, as far as this process has seen. */
    private final Map<LogPartition, Long> seenTo = new ConcurrentHashMap<>();

    private final Map<LogPartition, String> failures = new ConcurrentHashMap<>();

    Joining(JoinRows rows, SegmentJoin join, JoinConfiguration configuration, JoinMetrics metrics) {
        this.rows = rows;
        this.join = join;
        this.configuration = configuration;
        this.metrics = metrics;
        this.runs = new Runs(configuration);
    }

    /**
     * What fails for one partition is told once, tried again at the next look, and holds up no other.
     *
     * @throws ProblemException UNAVAILABLE when the storage does not answer
     */
    void look(Lease lease) {
        for (var partition : rows.partitions()) {
            try {
                look(partition, lease);
                failures.remove(partition);
            } catch (LeaseLostException e) {
                throw e;
            } catch (ProblemException e) {
                failed(partition, e);
            }
        }
    }

    private void look(LogPartition partition, Lease lease) {
        var from = seenTo.getOrDefault(partition, 0L);
        var more = true;
        while (more) {
            lease.check();
            var small = rows.small(partition, from, configuration, runs);
            if (small.isEmpty()) {
                return;
            }
            var found = runs.first(small);
            if (!found.tiles().isEmpty()) {
                join.join(partition, found.tiles(), lease);
                metrics.joined(found.tiles().size());
            }
            more = !found.tiles().isEmpty() || (small.size() == runs.page() && found.next() > from);
            from = found.next();
            seenTo.put(partition, from);
        }
    }

    private void failed(LogPartition partition, ProblemException failure) {
        metrics.failed();
        if (!failure.detail().equals(failures.put(partition, failure.detail()))) {
            LOG.warnf("Segments of %s are not joined for now: %s", partition, failure.detail());
        }
        if (failure.type().retryable()) {
            throw failure;
        }
    }

    /** Why the last attempt for this partition failed; null otherwise. */
    @Nullable
    String failure(LogPartition partition) {
        return failures.get(partition);
    }
}
