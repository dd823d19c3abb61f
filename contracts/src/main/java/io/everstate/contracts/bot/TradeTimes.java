package io.everstate.contracts.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The times of the trades within an hour, as numbers that lie beside each other: with each trade all of them are looked at, and as objects
 * they lie about in the heap. Unmodifiable, and equal to any list of the same times.
 */
final class TradeTimes extends AbstractList<Instant> implements RandomAccess {
    private static final long HOUR = Duration.ofHours(1).toSeconds();
    private static final int MOST = RiskLimits.MOST_TRADES_PER_HOUR;

    private final long[] seconds;
    private final int[] nanos;
    /** Whether none is before the one in front of it. */
    private final boolean ascending;

    private TradeTimes(long[] seconds, int[] nanos, boolean ascending) {
        this.seconds = seconds;
        this.nanos = nanos;
        this.ascending = ascending;
    }

    static TradeTimes of(List<Instant> times) {
        if (times instanceof TradeTimes kept) {
            return kept;
        }
        boolean ascending = true;
        for (int i = 1; i < times.size(); i++) {
            ascending &= !times.get(i).isBefore(times.get(i - 1));
        }
        return new TradeTimes(
                times.stream().mapToLong(Instant::getEpochSecond).toArray(),
                times.stream().mapToInt(Instant::getNano).toArray(),
                ascending);
    }

    /** Those within the hour that ends with a trade, and that trade: the newest 1,000. */
    TradeTimes with(Instant trade) {
        return ascending && (isEmpty() || compare(size() - 1, trade.getEpochSecond(), trade.getNano()) <= 0)
                ? withNewest(trade)
                : withAny(trade);
    }

    /** Those that stay are the last ones. */
    private TradeTimes withNewest(Instant trade) {
        int from = Math.max(0, size() + 1 - MOST);
        while (from < size() && !isWithinHour(from, trade)) {
            from++;
        }
        int kept = size() - from;
        var laterSeconds = Arrays.copyOfRange(seconds, from, size() + 1);
        var laterNanos = Arrays.copyOfRange(nanos, from, size() + 1);
        laterSeconds[kept] = trade.getEpochSecond();
        laterNanos[kept] = trade.getNano();
        return new TradeTimes(laterSeconds, laterNanos, true);
    }

    private TradeTimes withAny(Instant trade) {
        var times = new Instant[count(trade) + 1];
        int next = 0;
        for (int i = 0; i < size(); i++) {
            if (isWithinHour(i, trade)) {
                times[next++] = get(i);
            }
        }
        times[next] = trade;
        return of(Arrays.asList(times).subList(Math.max(0, times.length - MOST), times.length));
    }

    /** How many there are within the hour before that time, itself included. */
    int count(Instant end) {
        int count = 0;
        for (int i = 0; i < size(); i++) {
            count += isWithinHour(i, end) ? 1 : 0;
        }
        return count;
    }

    /** By the distance: the hour before the earliest instant does not exist. */
    private boolean isWithinHour(int index, Instant end) {
        long distance = end.getEpochSecond() - seconds[index];
        return compare(index, end.getEpochSecond(), end.getNano()) <= 0
                && (distance < HOUR || (distance == HOUR && end.getNano() < nanos[index]));
    }

    private int compare(int index, long second, int nano) {
        int bySeconds = Long.compare(seconds[index], second);
        return bySeconds == 0 ? Integer.compare(nanos[index], nano) : bySeconds;
    }

    @Override
    public Instant get(int index) {
        return Instant.ofEpochSecond(seconds[index], nanos[index]);
    }

    @Override
    public int size() {
        return seconds.length;
    }
}
