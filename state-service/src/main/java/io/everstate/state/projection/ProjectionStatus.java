package io.everstate.state.projection;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.fold.ParkedBot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the projection is doing, for those who ask from other threads. Says each change in the log, once. */
@Singleton
public final class ProjectionStatus {
    private static final Logger LOG = Logger.getLogger(ProjectionStatus.class);

    private final Map<Integer, String> stopped = new ConcurrentHashMap<>();
    private final Map<Integer, Map<BotId, ParkedBot>> parked = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile Set<Integer> folding = Set.of();
    private volatile long waiting;
    private volatile boolean waitingForTopic;
    private volatile @Nullable String trouble;

    /** These partitions are read now. */
    void folding(Set<Integer> partitions) {
        if (!partitions.equals(folding)) {
            LOG.infof("folding partitions %s", partitions);
            folding = Set.copyOf(partitions);
        }
    }

    /** All partitions that the group gave to this replica are taken up. */
    void takenUp() {
        begun.countDown();
    }

    /**
     * Returns when this replica has taken its partitions up since its start, or has said why it cannot.
     *
     * @return false when neither came in time
     */
    public boolean awaitBegun(Duration patience) throws InterruptedException {
        return begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** So many events of them are in the log and not read yet. */
    void waiting(long events) {
        waiting = events;
    }

    /** Everything waits; it is tried again by itself. */
    void troubled(String reason) {
        if (!reason.equals(trouble)) {
            LOG.warnf("the projection waits: %s", reason);
            trouble = reason;
        }
        begun.countDown();
    }

    void recovered() {
        if (trouble != null) {
            LOG.info("the projection goes on");
            trouble = null;
        }
    }

    /** Nothing was ever written, so nothing is left out. */
    void waitsForTopic() {
        if (!waitingForTopic) {
            LOG.info("waiting for the topic of the bots' events");
            waitingForTopic = true;
        }
        begun.countDown();
        recovered();
    }

    /** Another process has taken this replica's name in the group; this one folds nothing until it is started anew. */
    void superseded() {
        LOG.error("another process has joined the group with this instance id; the projection ends here");
        trouble = "another process has this instance id; this one does not fold any more";
        begun.countDown();
    }

    /** This partition is not folded on, for going on would leave something out; a person must look. */
    void stopped(int partition, String reason) {
        LOG.errorf("partition %d is not folded any more: %s", partition, reason);
        stopped.put(partition, reason);
    }

    /** A partition was taken up in which these bots are parked. */
    void loaded(int partition, Collection<ParkedBot> bots) {
        if (!bots.isEmpty()) {
            LOG.warnf(
                    "partition %d is taken up, bots %s are parked in it",
                    partition, bots.stream().map(ParkedBot::bot).toList());
        }
        parked.put(partition, byId(bots));
    }

    /** Which bots of the partition are parked now; all others go on. */
    void parked(int partition, Collection<ParkedBot> bots) {
        var now = byId(bots);
        var before = parked.put(partition, now);
        if (before != null) {
            before.keySet().stream()
                    .filter(bot -> !now.containsKey(bot))
                    .forEach(bot -> LOG.infof("bot %s is followed again", bot));
        }
    }

    private static Map<BotId, ParkedBot> byId(Collection<ParkedBot> bots) {
        return bots.stream().collect(Collectors.toUnmodifiableMap(ParkedBot::bot, Function.identity()));
    }

    /** Somebody else's partition now. */
    void released(int partition) {
        stopped.remove(partition);
        parked.remove(partition);
    }

    /** The bots that are parked in the partitions that are folded here, by partition. */
    public Map<Integer, List<ParkedBot>> parkedByPartition() {
        var parkedHere = new TreeMap<Integer, List<ParkedBot>>();
        parked.forEach((partition, bots) -> {
            if (!bots.isEmpty()) {
                parkedHere.put(partition, List.copyOf(bots.values()));
            }
        });
        return parkedHere;
    }

    /** The same, their ids. */
    List<BotId> parked() {
        return parked.values().stream()
                .flatMap(bots -> bots.keySet().stream())
                .sorted(Comparator.comparing(BotId::toString))
                .toList();
    }

    /** The partitions that are read here now. */
    public Set<Integer> folding() {
        return folding;
    }

    /** How many events of the partitions that are read here were not read yet at the last look. */
    public long waiting() {
        return waiting;
    }

    /** Why partitions of this replica are not folded any more, by partition. */
    public Map<Integer, String> stopped() {
        return new TreeMap<>(stopped);
    }

    /** Why all of it waits, or has ended; null when it goes on. */
    public @Nullable String trouble() {
        return trouble;
    }
}
