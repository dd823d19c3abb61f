package io.everstate.state.query;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.FoldListener;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ReadableFold;
import io.everstate.state.fold.ReadableListener;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until an event is folded, so that who acted reads what it did. What this replica commits wakes those who wait for it, and what it folds
 * those who need no row; for what another replica commits they look, all with one query.
 */
@Singleton
public final class AwaitedEvents implements FoldListener, ReadableListener {
    private static final String SEQUENCES = "select id, sequence from bots where id = any(?)";

    private final Transactions transactions;
    private final QueryConfiguration configuration;
    private final Map<UUID, Set<Wait>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

    AwaitedEvents(Transactions transactions, QueryConfiguration configuration) {
        this.transactions = transactions;
        this.configuration = configuration;
    }

    /** Equal only to itself: two can wait for the same. */
    private static final class Wait {
        private final long sequence;
        /** Whether it waits for a row: to have been folded is not enough. */
        private final boolean stored;

        private final CountDownLatch folded = new CountDownLatch(1);

        Wait(long sequence, boolean stored) {
            this.sequence = sequence;
            this.stored = stored;
        }

        void hears(long newest) {
            if (!stored) {
                sees(newest);
            }
        }

        void sees(long newest) {
            if (newest >= sequence) {
                folded.countDown();
            }
        }

        boolean ends(Duration time) throws InterruptedException {
            return folded.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Returns when the event with this sequence, or a later one, is folded and committed.
     *
     * @throws ProblemException UNAVAILABLE when it is not at the deadline; a bot that is not known may be one whose first event is on its way
     */
    public void await(BotId bot, long sequence) {
        await(bot, new Wait(sequence, true), () -> 0);
    }

    /**
     * Returns when the event with this sequence, or a later one, is folded here, or folded and committed by whomever.
     *
     * @param folded the number of the bot's newest event that is folded here
     * @throws ProblemException UNAVAILABLE when it is not at the deadline
     */
    void awaitFolded(BotId bot, long sequence, LongSupplier folded) {
        await(bot, new Wait(sequence, false), folded);
    }

    private void await(BotId bot, Wait wait, LongSupplier folded) {
        begin(bot.value(), wait); // before the first look: what is folded between that and the waiting would be missed
        try {
            wait.hears(folded.getAsLong());
            if (!wait.ends(Duration.ZERO)) {
                look(Set.of(bot.value()));
            }
            if (!comes(wait)) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "event %d of bot %s was not folded within %d ms"
                                .formatted(
                                        wait.sequence,
                                        bot,
                                        configuration.awaitDeadline().toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
        } finally {
            end(bot.value(), wait);
        }
    }

    private void begin(UUID bot, Wait wait) {
        waiting.compute(bot, (_, waits) -> {
            var all = waits == null ? ConcurrentHashMap.<Wait>newKeySet() : waits;
            all.add(wait);
            return all;
        });
    }

    private void end(UUID bot, Wait wait) {
        waiting.computeIfPresent(bot, (_, waits) -> {
            waits.remove(wait);
            return waits.isEmpty() ? null : waits;
        });
    }

    /** @param atLeast as it was sent; null waits for nothing */
    void await(BotId bot, @Nullable String atLeast) {
        if (atLeast != null) {
            await(bot, BotParameters.sequence("atLeast", atLeast));
        }
    }

    private boolean comes(Wait wait) throws InterruptedException {
        var begin = System.nanoTime();
        var deadline = configuration.awaitDeadline().toNanos();
        for (var left = deadline; left > 0; left = deadline - (System.nanoTime() - begin)) {
            if (wait.ends(
                    Duration.ofNanos(Math.min(left, configuration.awaitLook().toNanos())))) {
                return true;
            }
            lookIfDue();
        }
        return wait.ends(Duration.ZERO);
    }

    /** Whoever comes first when a look is due looks for all. */
    private void lookIfDue() {
        var due = nextLook.get();
        var now = System.nanoTime();
        if (now - due >= 0
                && nextLook.compareAndSet(due, now + configuration.awaitLook().toNanos())) {
            look(waiting.keySet());
        }
    }

    private void look(Set<UUID> wanted) {
        var bots = wanted.toArray(UUID[]::new);
        transactions.read(connection -> {
            try (var statement = connection.prepareStatement(SEQUENCES)) {
                statement.setArray(1, connection.createArrayOf("uuid", bots));
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        seen(rows.getObject("id", UUID.class), rows.getLong("sequence"));
                    }
                }
            }
            return bots.length;
        });
    }

    private void seen(UUID bot, long sequence) {
        waiting.getOrDefault(bot, Set.of()).forEach(wait -> wait.sees(sequence));
    }

    /** Of those who wait, who are few; when nobody does, of nobody. */
    @Override
    public void folded(ReadableFold fold) {
        waiting.forEach((bot, waits) -> {
            var sequence = fold.sequence(new BotId(bot));
            waits.forEach(wait -> wait.hears(sequence));
        });
    }

    @Override
    public void committed(List<FoldedBatch> batches) {
        if (waiting.isEmpty()) {
            return;
        }
        for (var batch : batches) {
            batch.bots().forEach(bot -> seen(bot.id().value(), bot.sequence()));
        }
    }
}
