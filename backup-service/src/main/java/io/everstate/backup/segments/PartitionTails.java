package io.everstate.backup.segments;

import io.everstate.backup.segments.PartitionTail.Limits;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentFile;
import io.everstate.backup.segments.format.SegmentOrigin;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one topic that are read now, and what of them waits to be stored: no more than {@code everstate.segments.memory} and one poll. For one
 * thread.
 */
@Singleton
class PartitionTails {
    /** The last record and what encryption adds have as much room again, up to what is read of an object. */
    private static final long SIZES_END = SegmentFile.LARGEST / 2;

    private final LogReader reader;
    private final Limits limits;
    private final long memory;
    private final Map<Integer, PartitionTail> tails = new TreeMap<>();

    /** @throws IllegalArgumentException when segments would be too large to be read again */
    PartitionTails(LogReader reader, SegmentsConfiguration configuration) {
        this.reader = reader;
        this.limits = new Limits(size(configuration), configuration.every().toNanos());
        this.memory = configuration.memory().asLongValue();
    }

    private static long size(SegmentsConfiguration configuration) {
        var size = configuration.size().asLongValue();
        if (size < 1 || size >= SIZES_END) {
            throw new IllegalArgumentException(
                    "everstate.segments.size: a segment is full with at least one byte and fewer than 32M, not with %d"
                            .formatted(size));
        }
        return size;
    }

    boolean isEmpty() {
        return tails.isEmpty();
    }

    boolean has(LogPartition partition) {
        return tails.containsKey(partition.partition());
    }

    @Nullable
    PartitionTail find(LogPartition partition) {
        return tails.get(partition.partition());
    }

    /** Where that fails all are dropped. */
    void follow(SegmentOrigin origin, Opening.From from) {
        var tail = new PartitionTail(origin, limits, from, System.nanoTime());
        var number = origin.partition().partition();
        try {
            reader.follow(number, tail.from());
        } catch (RuntimeException e) {
            dropAll();
            throw e;
        }
        tails.put(number, tail);
    }

    /** What was read of it and is not stored is read again by whoever follows it next. */
    void drop(LogPartition partition) {
        if (tails.remove(partition.partition()) != null) {
            reader.leave(partition.partition());
        }
    }

    /** Reads no partition any more, and has the log opened anew for the next one. */
    void dropAll() {
        tails.clear();
        reader.forget();
    }

    /**
     * What reading met.
     *
     * @param changed those of which the log has another record than was archived
     * @param unreadable why the log gives nothing more of a partition
     */
    record Troubles(List<PartitionTail> changed, Map<LogPartition, String> unreadable) {}

    /**
     * Reads on where there is room. What the log has not any more where it was to be read on is dropped; of what it does not give any more that too, when
     * all that it gave is stored. Where anything is thrown all are dropped.
     *
     * @throws LogUnavailableException when Kafka fails
     */
    Troubles read(Duration patience) {
        try {
            return takeNext(patience);
        } catch (RuntimeException e) {
            dropAll();
            throw e;
        }
    }

    private Troubles takeNext(Duration patience) {
        var pressed = isPressed();
        var read = reader.poll(patience, number -> pressed || isFull(number));
        var changed = new ArrayList<PartitionTail>();
        read.records().forEach((number, records) -> {
            var tail = tails.get(number);
            if (tail != null && !take(tail, records)) {
                changed.add(tail);
            }
        });
        read.astray().stream().map(tails::get).toList().forEach(this::drop);
        var unreadable = new HashMap<LogPartition, String>();
        read.unreadable().forEach((number, why) -> {
            var tail = tails.get(number);
            if (tail != null) {
                breakOff(tail);
                unreadable.put(tail.partition(), why);
            }
        });
        return new Troubles(changed, unreadable);
    }

    private void breakOff(PartitionTail tail) {
        tail.breakOff();
        if (tail.isAtItsEnd()) {
            drop(tail);
        }
    }

    private void drop(@Nullable PartitionTail tail) {
        if (tail != null) {
            drop(tail.partition());
        }
    }

    private boolean take(PartitionTail tail, List<LoggedRecord> records) {
        return switch (tail.take(records, System.nanoTime())) {
            case ALL -> true;
            case NONE -> {
                reader.follow(tail.partition().partition(), tail.from());
                yield true;
            }
            case CHANGED -> false;
        };
    }

    private boolean isFull(int number) {
        var tail = tails.get(number);
        return tail == null || tail.isFull();
    }

    private boolean isPressed() {
        return heldBytes() >= memory;
    }

    /** Bytes of memory. */
    long heldBytes() {
        return tails.values().stream().mapToLong(PartitionTail::heldBytes).sum();
    }

    /** Whether all that was read is stored. */
    boolean isQuiet() {
        return heldBytes() == 0;
    }

    /** The one that is due and has waited longest. */
    Optional<PartitionTail> due() {
        var now = System.nanoTime();
        var pressed = isPressed();
        return tails.values().stream()
                .filter(tail -> tail.isDue(now, pressed))
                .min(Comparator.comparingLong(tail -> tail.waitingSince() - now));
    }
}
