package io.everstate.cli.tour;

import io.everstate.cli.client.Bots;
import io.everstate.cli.console.CommandFailedException;
import io.everstate.contracts.bot.BotState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks at all bots several times a second, writes their trades into the ledger, and goes on when bot-service is away. */
public final class LedgerKeeper implements AutoCloseable {

    /** A bot shows its newest 100 trades and makes a few a second. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Bots bots;
    private final Ledger ledger;
    private final Thread thread;
    private volatile boolean closed;
    private volatile List<BotState> newest = List.of();

    public LedgerKeeper(Bots bots, Ledger ledger) {
        this.bots = bots;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().daemon().name("ledger").start(this::keep);
    }

    /** As they were when bot-service answered last. */
    public List<BotState> newest() {
        return newest;
    }

    private void keep() {
        while (!closed) {
            look();
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void look() {
        try {
            List<BotState> seen = bots.all();
            seen.forEach(ledger::record);
            newest = seen;
        } catch (CommandFailedException e) {
            newest = List.of(); // bot-service is away, as whoever keeps a ledger expects it to be at times
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
