package io.everstate.backup.segments;

import io.everstate.backup.lease.LeaseLostException;
import io.everstate.backup.segments.ArchiveWorkers.Kind;
import io.everstate.backup.segments.EventTopic.Bounds;
import io.everstate.backup.segments.EventTopic.Found;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.store.ObjectExistsException;
import io.everstate.contracts.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions whose leases this replica has at once, and has their segments stored beside that: several at a time, of each partition one after
 * the other. A partition that fails is dropped with what was read behind its archive's end, and opened again at the next look. For one thread.
 */
@Singleton
class ArchiveLoop {
    private static final Logger LOG = Logger.getLogger(ArchiveLoop.class);
    private static final Duration WHILE_NOTHING_WAITS = Duration.ofMillis(500);
    private static final Duration WHILE_SOMETHING_WAITS = Duration.ofMillis(20);
    private static final Duration LAST_SEGMENTS = Duration.ofSeconds(4);

    private final EventTopic topic;
    private final SegmentRows rows;
    private final PartitionArchivers leased;
    private final PartitionTails tails;
    private final PartitionLooks looks;
    private final SegmentsConfiguration configuration;
    private final ArchiveWorkers workers;
    private final Map<LogPartition, PartitionArchiver> archivers = new HashMap<>();
    private final Set<PartitionArchiver> busy = new HashSet<>();
    private final GonePartitions gone;

    private @Nullable Found found;
    private @Nullable Long lookedAt;

    ArchiveLoop(
            EventTopic topic,
            SegmentRows rows,
            PartitionArchivers leased,
            PartitionTails tails,
            PartitionLooks looks,
            SegmentsConfiguration configuration) {
        this.topic = topic;
        this.rows = rows;
        this.leased = leased;
        this.tails = tails;
        this.looks = looks;
        this.configuration = configuration;
        this.workers = new ArchiveWorkers(configuration.writers());
        this.gone = new GonePartitions(rows, leased, workers, busy);
    }

    /**
     * Takes half a second where nothing waits.
     *
     * @return whether the topic was looked at
     * @throws LogUnavailableException when Kafka does not answer
     */
    boolean round() throws SQLException, InterruptedException {
        var due = lookedAt == null
                || System.nanoTime() - lookedAt >= configuration.every().toNanos();
        if (due) {
            lookedAt = System.nanoTime();
            look();
        }
        read();
        handOver();
        return due;
    }

    private void look() throws SQLException {
        var now = topic.find().orElse(null);
        if (now == null) {
            return;
        }
        if (found != null && !found.topicId().equals(now.topicId())) {
            leaveTopic(found);
        }
        found = now;
        lost().forEach(this::leave);
        var bounds = topic.bounds(now);
        looks.see(now, bounds);
        note(now, bounds);
        gone.remember(now);
        gone.look();
        var share = leased.share(now.partitions().size());
        surplus(share).forEach(this::leave);
        for (var partition : bounds.keySet()) {
            acquire(partition, share);
        }
    }

    /** More than its share a replica gives to those that came after it; not while it is at work there. */
    private List<PartitionArchiver> surplus(int share) {
        return archivers.values().stream()
                .filter(archiver -> !busy.contains(archiver))
                .limit(Math.max(0, archivers.size() - share))
                .toList();
    }

    private void acquire(LogPartition partition, int share) throws SQLException {
        var archiver = archivers.get(partition);
        if (archiver == null && archivers.size() < share) {
            archiver = leased.tryAcquire(partition).orElse(null);
        }
        if (archiver != null) {
            archivers.put(partition, archiver);
            open(archiver);
        }
    }

    /**
     * A topic that was made anew has another id: nothing more comes into the old one, and what waited there is lost. That is written down for all of its
     * partitions: who had the lease of another may have died, and who has it writes first.
     */
    private void leaveTopic(Found old) {
        tails.dropAll();
        for (var number : old.partitions()) {
            var partition = new LogPartition(old.topicId(), number);
            var look = looks.find(partition);
            gone.add(partition, look == null ? 0 : look.bounds().end());
        }
        archivers.values().forEach(gone::keep);
        archivers.clear();
    }

    private List<PartitionArchiver> lost() {
        return archivers.values().stream()
                .filter(archiver -> !archiver.lease().isHeld())
                .toList();
    }

    private void leave(PartitionArchiver archiver) {
        tails.drop(archiver.partition());
        archivers.remove(archiver.partition());
        leased.release(archiver);
    }

    /** Of what it archives itself this replica knows how far it is; of the others the catalogue does. */
    private void note(Found now, Map<LogPartition, Bounds> bounds) {
        var unknown = bounds.keySet().stream()
                .filter(partition -> looks.find(partition) == null)
                .toList();
        if (unknown.isEmpty() && archivers.keySet().containsAll(bounds.keySet())) {
            return;
        }
        unknown.forEach(partition -> rows.seen(now.topic(), partition));
        for (var known : rows.known()) {
            var seen = bounds.get(known.partition());
            if (seen != null) {
                looks.note(known, seen);
            }
        }
    }

    /** Unless it is open, or what was begun there has not ended. */
    private void open(PartitionArchiver archiver) {
        if (!tails.has(archiver.partition()) && busy.add(archiver)) {
            workers.run(Kind.OPENING, archiver::open, opening -> opened(archiver, opening), e -> failed(archiver, e));
        }
    }

    private void opened(PartitionArchiver archiver, Opening opening) {
        busy.remove(archiver);
        var now = found;
        if (now == null || !isOurs(archiver)) {
            return;
        }
        switch (opening) {
            case Opening.Again _ -> open(archiver);
            case Opening.Diverged _ -> tails.drop(archiver.partition());
            case Opening.From from -> {
                tails.follow(new SegmentOrigin(now.topic(), now.partitions().size(), archiver.partition()), from);
                looks.opened(archiver.partition(), from.end());
            }
        }
    }

    /** Not when its topic was made anew meanwhile, or its lease was lost and came back as another one. */
    private boolean isOurs(PartitionArchiver archiver) {
        return archiver.equals(archivers.get(archiver.partition()));
    }

    private void read() throws InterruptedException {
        if (tails.isEmpty()) {
            workers.deliver(WHILE_NOTHING_WAITS);
            return;
        }
        var quiet = workers.isIdle() && tails.isQuiet();
        var troubles = tails.read(quiet ? WHILE_NOTHING_WAITS : WHILE_SOMETHING_WAITS);
        troubles.changed().forEach(this::diverge);
        troubles.unreadable().forEach(looks::failed);
        workers.deliver(Duration.ZERO);
    }

    /** Behind a segment that is on its way: the next look opens the archive where that one ends, and finds the same. */
    private void diverge(PartitionTail changed) {
        var archiver = archivers.get(changed.partition());
        tails.drop(changed.partition());
        if (archiver != null && busy.add(archiver)) {
            workers.run(
                    Kind.OPENING,
                    () -> archiver.divergeAt(changed.end()),
                    opening -> opened(archiver, opening),
                    e -> failed(archiver, e));
        }
    }

    /**
     * A segment grows while all writers are busy: so many more are not due at once that there would be many small ones. How many archives are being opened
     * meanwhile counts for nothing: a bucket that is found anew takes hours to be counted.
     */
    private void handOver() {
        while (workers.running(Kind.STORING) < configuration.writers()) {
            var due = tails.due();
            if (due.isEmpty()) {
                return;
            }
            store(due.get());
        }
    }

    private void store(PartitionTail tail) {
        var archiver = archivers.get(tail.partition());
        if (archiver == null) {
            tails.drop(tail.partition());
            return;
        }
        var segment = tail.begin();
        busy.add(archiver);
        workers.run(
                Kind.STORING,
                () -> archiver.store(segment),
                end -> stored(archiver, tail, end),
                e -> failed(archiver, e));
    }

    private void stored(PartitionArchiver archiver, PartitionTail tail, long end) {
        busy.remove(archiver);
        looks.stored(archiver.partition(), end);
        tail.stored();
        if (tail.isAtItsEnd() && isOurs(archiver)) {
            tails.drop(archiver.partition());
        }
    }

    private void failed(PartitionArchiver archiver, Throwable failure) {
        busy.remove(archiver);
        if (!isOurs(archiver)) {
            return;
        }
        var partition = archiver.partition();
        tails.drop(partition);
        switch (failure) {
            case LeaseLostException _ -> leave(archiver);
            case ObjectExistsException _ -> open(archiver);
            case ProblemException problem -> looks.failed(partition, problem.detail());
            case PersistenceException away -> looks.failed(partition, String.valueOf(away.getMessage()));
            default -> {
                LOG.errorf(failure, "The archive of %s met a defect", partition);
                looks.failed(partition, "a defect; the service's log says more");
            }
        }
    }

    /** Gives the partitions back when the segments on their way are stored, or after seconds: the next one finds what was cut off. */
    void end() throws InterruptedException {
        try {
            if (!workers.end(LAST_SEGMENTS)) {
                LOG.warn("A segment is cut off; the next one who archives, here or elsewhere, begins it anew");
            }
        } finally {
            archivers.values().forEach(leased::release);
            gone.end();
            leased.leave();
            tails.dropAll();
            topic.close();
        }
    }
}
