package io.everstate.bot.ownership;

import io.everstate.contracts.log.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * The log and the ways to it, one for each process that ever ran. Records of one way arrive in their order; they are delayed, as long as it
 * takes others to take over, lost with an error, delivered after an error, delivered twice.
 */
final class SimulatedNetwork {
    private final Random random;
    private final Fault fault;
    private final List<LogRecord> log = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    /** Told to have failed, or delivered once already; they come at any time. */
    private final List<LogRecord> strays = new ArrayList<>();

    SimulatedNetwork(Random random, Fault fault) {
        this.random = random;
        this.fault = fault;
    }

    private record Sent(LogRecord entry, CompletableFuture<Void> confirmation) {}

    /** From one process to the log. */
    static final class Way {
        private final List<Sent> sent = new ArrayList<>();
        private boolean stalled;

        CompletableFuture<Void> send(LogRecord entry) {
            var confirmation = new CompletableFuture<Void>();
            sent.add(new Sent(entry, confirmation));
            return confirmation;
        }
    }

    Way open() {
        var way = new Way();
        ways.add(way);
        return way;
    }

    List<LogRecord> log() {
        return log;
    }

    /** Whatever is on one of the ways stays there until the next call. */
    void stallOrRelease() {
        var way = ways.get(random.nextInt(ways.size()));
        way.stalled = !way.stalled;
    }

    /** Returns whether all that is on that way has arrived. */
    boolean flush(Way way) {
        while (!way.stalled && !way.sent.isEmpty()) {
            deliver(way);
        }
        return way.sent.isEmpty();
    }

    void deliver() {
        var open =
                ways.stream().filter(way -> !way.stalled && !way.sent.isEmpty()).toList();
        if (!strays.isEmpty() && (open.isEmpty() || random.nextInt(8) == 0)) {
            log.add(strays.remove(random.nextInt(strays.size())));
        } else if (!open.isEmpty()) {
            deliver(open.get(random.nextInt(open.size())));
        }
    }

    private void deliver(Way way) {
        var first = fault == Fault.UNORDERED_SENDS ? random.nextInt(way.sent.size()) : 0;
        var sent = way.sent.remove(first);
        switch (random.nextInt(30)) {
            case 0 -> sent.confirmation().completeExceptionally(new IOException("lost"));
            case 1 -> {
                strays.add(sent.entry());
                sent.confirmation().completeExceptionally(new IOException("timed out"));
            }
            case 2, 3 -> {
                log.add(sent.entry());
                strays.add(sent.entry());
                sent.confirmation().complete(null);
            }
            default -> {
                log.add(sent.entry());
                sent.confirmation().complete(null);
            }
        }
    }

    /** Everything arrives. */
    void settle() {
        ways.forEach(way -> way.stalled = false);
        while (!strays.isEmpty() || ways.stream().anyMatch(way -> !way.sent.isEmpty())) {
            deliver();
        }
    }
}
