package io.everstate.bot.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many trades were told and could not be used. Safe for many threads. */
final class DroppedTrades {
    /** Why. */
    enum Reason {
        /** A message that may have been one. */
        UNREADABLE,
        /** Of a time that has not come. */
        FUTURE,
        /** Its bar was there already. */
        LATE
    }

    private final boolean lookedUp;
    private final Map<Reason, LongAdder> counts = new ConcurrentHashMap<>();

    /** @param lookedUp whether there is a record in which their bars are */
    DroppedTrades(boolean lookedUp) {
        this.lookedUp = lookedUp;
    }

    /** Whether the bar of such a trade is looked up instead of being made without it. One that is there never changes. */
    boolean lookedUp(Reason reason) {
        return lookedUp && reason != Reason.LATE;
    }

    void count(Reason reason) {
        counts.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    long of(Reason reason) {
        var count = counts.get(reason);
        return count == null ? 0 : count.sum();
    }
}
