package io.everstate.benchmarks.figure;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** How long this process itself stood still to collect garbage, and so neither wrote nor looked: what it measures meanwhile is its own. */
public final class OwnPauses {

    private final long before = milliseconds();

    private OwnPauses() {}

    /** Collects what there is, so that a short window needs no collection of its own. */
    public static OwnPauses sinceNow() {
        System.gc();
        return new OwnPauses();
    }

    /** Milliseconds since then. */
    public long sum() {
        return milliseconds() - before;
    }

    private static long milliseconds() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
