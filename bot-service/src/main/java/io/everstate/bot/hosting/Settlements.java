package io.everstate.bot.hosting;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The owned partitions of which it is not known yet whether their log has lost something. What counts of a bot before that is decided is
 * never taken back, and would make the loss permanent. Safe for many threads.
 */
final class Settlements {
    private static final CompletableFuture<Void> SETTLED = CompletableFuture.completedFuture(null);

    private final Map<Integer, CompletableFuture<Void>> open = new ConcurrentHashMap<>();

    void begin(int partition) {
        complete(open.put(partition, new CompletableFuture<>()));
    }

    /** Decided, or no business of this replica any more. */
    void end(int partition) {
        complete(open.remove(partition));
    }

    private static void complete(@Nullable CompletableFuture<Void> waiting) {
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Completes when it is decided what becomes of the partition's bots; never fails. */
    CompletableFuture<Void> of(int partition) {
        return open.getOrDefault(partition, SETTLED).copy();
    }
}
