package io.everstate.state.awaiting;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** All that wait, by that for whose number they do. Thread-safe. */
final class Waits<K> {
    private final Map<K, Set<Wait>> all = new ConcurrentHashMap<>();

    /** A wait that is known here until it is closed. */
    interface Begun extends AutoCloseable {
        @Override
        void close();
    }

    Begun begin(K of, Wait wait) {
        all.compute(of, (_, waits) -> {
            var together = waits == null ? ConcurrentHashMap.<Wait>newKeySet() : waits;
            together.add(wait);
            return together;
        });
        return () -> end(of, wait);
    }

    private void end(K of, Wait wait) {
        all.computeIfPresent(of, (_, waits) -> {
            waits.remove(wait);
            return waits.isEmpty() ? null : waits;
        });
    }

    boolean none() {
        return all.isEmpty();
    }

    /** Those for whose number somebody waits. */
    Set<K> awaited() {
        return Set.copyOf(all.keySet());
    }

    /** @param newest is asked only when somebody waits for it */
    void see(K of, LongSupplier newest) {
        var waits = all.get(of);
        if (waits != null) {
            var number = newest.getAsLong();
            waits.forEach(wait -> wait.sees(number));
        }
    }
}
