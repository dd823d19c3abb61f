package io.everstate.backup.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How full the storage is.
 *
 * @param used in bytes, as {@code capacity}
 */
record Fill(long used, long capacity) {
    private static final double ALL = 100.0;
    private static final int CLEARLY_LESS = 5;
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    double percent() {
        return ALL * used / capacity;
    }

    /**
     * The highest threshold that it has reached, 0 = none. One that was told stays until it is five points less: what is backed up and cleaned up at a
     * threshold would else be told of each time.
     *
     * @param told which was reached when it was looked last
     * @param thresholds in percent, in any order
     */
    int level(int told, List<Integer> thresholds) {
        return thresholds.stream()
                .filter(threshold -> percent() >= (threshold <= told ? threshold - CLEARLY_LESS : threshold))
                .max(Integer::compare)
                .orElse(0);
    }

    /** In days; empty when it does not grow. */
    Optional<Double> until(long growthPerDay) {
        return growthPerDay <= 0 ? Optional.empty() : Optional.of(Math.max(0, capacity - used) / (double) growthPerDay);
    }

    /**
     * @param grown in bytes
     * @param during not zero
     * @return bytes
     */
    static long perDay(long grown, Duration during) {
        return (long) (grown * SECONDS_PER_DAY / during.toSeconds());
    }
}
