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

    private final Map<Integer, Gate> open = new ConcurrentHashMap<>();

    private record Gate(long epoch, CompletableFuture<Void> decided) {
        void open() {
            decided.complete(null);
        }
    }

    void begin(int partition, long epoch) {
        ended(open.put(partition, new Gate(epoch, new CompletableFuture<>())));
    }

    /** It is decided; what an earlier ownership decided late says nothing of the present one. */
    void end(int partition, long epoch) {
        var gate = open.get(partition);
        if (gate != null && gate.epoch() == epoch && open.remove(partition, gate)) {
            gate.open();
        }
    }

    /** No business of this replica any more. */
    void lost(int partition) {
        ended(open.remove(partition));
    }

    private static void ended(@Nullable Gate gate) {
        if (gate != null) {
            gate.open();
        }
    }

    /** Completes when it is decided what becomes of the partition's bots; never fails. */
    CompletableFuture<Void> of(int partition) {
        var gate = open.get(partition);
        return (gate == null ? SETTLED : gate.decided()).copy();
    }
}
