package io.everstate.bot.ownership;

import static java.util.Objects.requireNonNull;

import io.everstate.bot.ownership.PartitionLoader.Start;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Finds out where reading can begin, for some partitions at a time and off the reader's thread: who answers slowly must not make the commands
 * of the other partitions wait. What fails is tried again, after longer and longer pauses. Used by the reader's thread only, which takes
 * what is ready; what was cancelled is never given out.
 */
final class PartitionLoads implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PartitionLoads.class);
    static final int AT_ONCE = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final PartitionLoader loader;
    private final String topicId;
    private final BiConsumer<TopicPartition, String> hindered;
    private final Map<TopicPartition, Load> underway = new HashMap<>();
    /** Those that {@link #ready} gave out last. */
    private final Map<TopicPartition, Load> given = new HashMap<>();

    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("partition-load-", 0).factory());

    /** @param pause until the next try, should this one fail */
    private record Load(Future<Start> answer, Duration pause, long notBefore) {
        boolean failed() {
            return answer.state() == State.FAILED || answer.state() == State.CANCELLED;
        }

        Load again(Future<Start> next) {
            var longer = pause.multipliedBy(2);
            return new Load(next, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer, 0);
        }

        Load failing(Exception why) {
            return new Load(CompletableFuture.failedFuture(why), pause, 0);
        }

        Load until(long time) {
            return new Load(answer, pause, time);
        }
    }

    /** @param hindered is told why a partition's state is not there yet, once a try */
    PartitionLoads(PartitionLoader loader, String topicId, BiConsumer<TopicPartition, String> hindered) {
        this.loader = loader;
        this.topicId = topicId;
        this.hindered = hindered;
    }

    /** Returns at once. */
    void begin(TopicPartition partition) {
        cancel(partition);
        underway.put(partition, new Load(submitted(partition), FIRST_PAUSE, 0));
    }

    private Future<Start> submitted(TopicPartition partition) {
        return workers.submit(() -> loader.load(partition.partition(), topicId));
    }

    void cancel(TopicPartition partition) {
        given.remove(partition);
        var load = underway.remove(partition);
        if (load != null) {
            load.answer().cancel(true);
        }
    }

    boolean contains(TopicPartition partition) {
        return underway.containsKey(partition);
    }

    boolean idle() {
        return underway.isEmpty();
    }

    /** What has come since the last time; begins again what failed and has waited. */
    Map<TopicPartition, Start> ready() {
        var ready = new HashMap<TopicPartition, Start>();
        underway.forEach((partition, load) -> {
            if (load.answer().state() == State.SUCCESS) {
                ready.put(partition, load.answer().resultNow());
            }
        });
        given.clear();
        ready.keySet().forEach(partition -> given.put(partition, requireNonNull(underway.remove(partition))));
        underway.replaceAll((partition, load) -> load.failed() ? afterFailure(partition, load) : load);
        return ready;
    }

    /** Nothing can be begun with what was given out as ready: tried again as what could not be loaded. */
    void failed(TopicPartition partition, Exception why) {
        underway.put(partition, requireNonNull(given.remove(partition)).failing(why));
    }

    private Load afterFailure(TopicPartition partition, Load load) {
        if (load.notBefore() == 0) {
            var why = "its state cannot be loaded, trying again: " + failureOf(load);
            LOG.warnf("%s: %s", partition, why);
            hindered.accept(partition, why);
            return load.until(System.nanoTime() + load.pause().toNanos());
        }
        return System.nanoTime() - load.notBefore() < 0 ? load : load.again(submitted(partition));
    }

    private static String failureOf(Load load) {
        return load.answer().state() == State.FAILED
                ? String.valueOf(load.answer().exceptionNow())
                : "it was cancelled";
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
