package io.everstate.bot.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Records of one partition that are not ours, found while nobody here owns it: the next owner sets them aside. Of too many the first ones are
 * kept; the others still stand in the log where they were found, and that is said. Not thread-safe; the partition's lock guards it.
 */
final class HeldForeign {
    private static final Logger LOG = Logger.getLogger(HeldForeign.class);
    static final int MOST = 10_000;
    /** As many as two of the largest records; a replica may catch up with many partitions together. */
    static final long MOST_BYTES = 2L * EventTopic.LARGEST_RECORD;

    private final int partition;
    private final List<DeadLetter> held = new ArrayList<>();
    private long bytes;
    private long left;
    /** The newest of those that were too many. */
    private long newestLeft;

    HeldForeign(int partition) {
        this.partition = partition;
    }

    void add(DeadLetter letter) {
        if (left > 0 || held.size() >= MOST || bytes + letter.bytes() > MOST_BYTES) {
            left++;
            newestLeft = letter.found().offset();
        } else {
            held.add(letter);
            bytes += letter.bytes();
        }
    }

    void setAside(Consumer<DeadLetter> aside) {
        held.forEach(aside);
        if (left > 0) {
            LOG.warnf(
                    "partition %d: %d foreign records behind offset %d were too many to be set aside; they stay where they are",
                    partition,
                    left,
                    held.isEmpty() ? -1 : held.getLast().found().offset());
        }
        clear();
    }

    /** An owner that let go had read to there, and has had those before. */
    void clearBefore(long offset) {
        held.removeIf(letter -> letter.found().offset() < offset);
        bytes = held.stream().mapToLong(DeadLetter::bytes).sum();
        if (newestLeft < offset) {
            left = 0;
        }
    }

    /** Another owner has had them. */
    void clear() {
        held.clear();
        bytes = 0;
        left = 0;
    }
}
