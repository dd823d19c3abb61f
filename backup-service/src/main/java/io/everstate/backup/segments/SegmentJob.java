package io.everstate.backup.segments;

import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.lease.Leases;
import io.everstate.backup.segments.EventTopic.Look;
import io.everstate.backup.segments.PartitionArchiver.Tools;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Archives the partitions whose leases this replica has, in turns. Nothing else waits for it: what fails is told once, and tried again at the next
 * turn from where the archive ends.
 */
@Singleton
class SegmentJob {
    private static final Logger LOG = Logger.getLogger(SegmentJob.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final SegmentsConfiguration configuration;
    private final EventTopic topic;
    private final SegmentRows rows;
    private final Leases leases;
    private final SegmentMetrics metrics;
    private final Clock clock;
    private final Tools tools;
    private final Map<LogPartition, PartitionArchiver> archivers = new HashMap<>();
    private final Map<LogPartition, PartitionLook> looks = new ConcurrentHashMap<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean stopping;
    private boolean blind;

    SegmentJob(
            SegmentsConfiguration configuration,
            EventTopic topic,
            SegmentRows rows,
            SegmentObjects objects,
            SegmentMetrics metrics,
            Leases leases,
            Clock clock) {
        this.configuration = configuration;
        this.topic = topic;
        this.rows = rows;
        this.leases = leases;
        this.metrics = metrics;
        this.clock = clock;
        this.tools =
                new Tools(topic, rows, objects, metrics, configuration.size().asLongValue());
    }

    /** How this replica saw a partition last; null when it has not yet. */
    @Nullable
    PartitionLook look(LogPartition partition) {
        return looks.get(partition);
    }

    @Scheduled(
            every = "${everstate.segments.every:5s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void archive() {
        if (!configuration.enabled()) {
            return;
        }
        turn.lock();
        try {
            if (!stopping) {
                turn();
            }
            blind = false;
        } catch (ProblemException | PersistenceException | SQLException e) {
            metrics.failed();
            if (!blind) {
                LOG.warnf("The event log is not archived for now: %s", e.getMessage());
            }
            blind = true;
        } finally {
            turn.unlock();
        }
    }

    private void turn() throws SQLException {
        var found = topic.look();
        if (found.isEmpty()) {
            return;
        }
        var look = found.get();
        leaveOthers(look.topicId());
        see(look);
        note(look);
        acquire(look);
        try {
            for (var more = true; more && !stopping; ) {
                more = false;
                for (var partition : look.partitions().keySet()) {
                    more |= step(look, new LogPartition(look.topicId(), partition));
                }
            }
        } finally {
            note(look);
        }
    }

    /** A topic that was made anew has another id: nothing more comes into the old one. */
    private void leaveOthers(String topicId) {
        looks.keySet().removeIf(partition -> !partition.topicId().equals(topicId));
        archivers.entrySet().removeIf(entry -> {
            var left = !entry.getKey().topicId().equals(topicId);
            if (left) {
                leases.release(entry.getValue().lease());
            }
            return left;
        });
    }

    /** Without the database, which may be away: records that wait for it are seen all the same. */
    private void see(Look look) {
        look.partitions()
                .forEach((number, bounds) -> looks.computeIfPresent(
                        new LogPartition(look.topicId(), number),
                        (_, before) -> before.again(bounds, before.archivedTo(), clock.instant())));
        metrics.looked(Map.copyOf(looks));
    }

    private void note(Look look) {
        look.partitions().forEach((number, bounds) -> {
            var partition = new LogPartition(look.topicId(), number);
            var archived = rows.tip(partition).map(SegmentRow::endOffset).orElse(0L);
            if (!looks.containsKey(partition)) {
                rows.seen(look.topic(), partition);
            }
            looks.merge(
                    partition,
                    PartitionLook.first(bounds, archived, clock.instant()),
                    (before, now) -> before.again(bounds, archived, now.at()));
        });
        metrics.looked(Map.copyOf(looks));
    }

    private void acquire(Look look) throws SQLException {
        for (var number : look.partitions().keySet()) {
            var partition = new LogPartition(look.topicId(), number);
            if (!archivers.containsKey(partition)) {
                leases.tryAcquire(SegmentRows.leaseName(partition))
                        .ifPresent(lease -> archivers.put(partition, new PartitionArchiver(tools, partition, lease)));
            }
        }
    }

    /** A storage that is away is so for all partitions: its time-outs add up to nothing that way. */
    private boolean step(Look look, LogPartition partition) {
        var archiver = archivers.get(partition);
        var bounds = look.partitions().get(partition.partition());
        if (archiver == null || bounds == null) {
            return false;
        }
        try {
            var more = archiver.step(look, bounds);
            failure(partition, null);
            return more;
        } catch (LeaseLostException e) {
            archivers.remove(partition);
            leases.release(archiver.lease());
            return false;
        } catch (StoreUnavailableException e) {
            failure(partition, e.detail());
            throw e;
        } catch (ProblemException e) {
            tell(partition, e.detail());
            return false;
        }
    }

    private void tell(LogPartition partition, String why) {
        metrics.failed();
        var before = looks.get(partition);
        if (before == null || !why.equals(before.failure())) {
            LOG.errorf("The archive of %s does not go on: %s", partition, why);
        }
        failure(partition, why);
    }

    private void failure(LogPartition partition, @Nullable String why) {
        looks.computeIfPresent(partition, (_, look) -> look.with(why));
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (!turn.tryLock(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A segment is cut off; the next turn, here or elsewhere, begins it anew");
            return;
        }
        try {
            archivers.values().forEach(archiver -> leases.release(archiver.lease()));
            archivers.clear();
            topic.close();
        } finally {
            turn.unlock();
        }
    }
}
