package io.everstate.backup.store;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays for parts and pieces of one size, which are used again: a new one for each is a good part of a small heap, lives until it is old there, and
 * every few of them stop the process to collect all of that. The few that are kept go when memory is scarce or nobody asked for a while. Thread-safe.
 */
final class PartBuffers {
    /** What one archive needs that is written and one that is read. */
    static final int KEPT = 4;

    /** Less than that is no burden, and a small object should not take a whole part. */
    private static final int SMALL = 1 << 20;

    private final int size;
    private final Deque<SoftReference<byte[]>> free = new ArrayDeque<>();

    /** @param size in bytes */
    PartBuffers(int size) {
        this.size = size;
    }

    /** @return of that length at least; what it holds is anybody's */
    byte[] atLeast(int length) {
        return length > SMALL && length <= size ? whole() : new byte[length];
    }

    private synchronized byte[] whole() {
        while (!free.isEmpty()) {
            var kept = free.pop().get();
            if (kept != null) {
                return kept;
            }
        }
        return new byte[size];
    }

    /** @param array that nobody reads or writes any more, also no call that was given up */
    synchronized void giveBack(byte[] array) {
        if (array.length == size && size > SMALL && free.size() < KEPT) {
            free.push(new SoftReference<>(array));
        }
    }

    synchronized int kept() {
        return free.size();
    }
}
