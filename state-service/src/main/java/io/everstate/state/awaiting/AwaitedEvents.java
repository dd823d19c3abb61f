package io.everstate.state.awaiting;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.fold.FoldListener;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ReadableFold;
import io.everstate.state.fold.ReadableListener;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Waits until an event is folded, so that who acted reads what it did. What this replica commits wakes those who wait for it, and what it folds
 * those who need no row; for what another replica commits they look, all with one query.
 */
@Singleton
public final class AwaitedEvents implements FoldListener, ReadableListener {
    private static final String SEQUENCES = "select id, sequence from bots where id = any(?)";
    private static final String OFFSETS =
            "select partition, next_offset from partition_offsets where partition = any(?)";

    private final Transactions transactions;
    private final AwaitingConfiguration configuration;
    /** For events in the rows; also those who need no row wait here. */
    private final Waits<BotId> stored = new Waits<>();
    /** For events that may not be in the rows yet. */
    private final Waits<BotId> folded = new Waits<>();
    /** For the rows of whole partitions. */
    private final Waits<Integer> partitions = new Waits<>();

    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());

    public AwaitedEvents(Transactions transactions, AwaitingConfiguration configuration) {
        this.transactions = transactions;
        this.configuration = configuration;
    }

    /** Of who begins to wait now. */
    public Deadline deadline() {
        return Deadline.in(configuration.awaitDeadline());
    }

    /**
     * Returns when the event with this sequence, or a later one, is folded and committed.
     *
     * @throws ProblemException UNAVAILABLE when it is not at the deadline; a bot that is not known may be one whose first event is on its way
     */
    public void await(BotId bot, long sequence) {
        await(bot, sequence, deadline());
    }

    /** The same, for who has waited before. */
    public void await(BotId bot, long sequence, Deadline until) {
        var wait = new Wait(sequence);
        try (var _ = stored.begin(bot, wait)) { // before the first look: what comes between the two would be missed
            lookAtBots(Set.of(bot));
            require(wait, until, "event %d of bot %s was not folded".formatted(sequence, bot));
        }
    }

    /**
     * Returns when the event with this sequence, or a later one, is folded here, or folded and committed by whomever. While a log is folded
     * anew behind what is known, and when that has come to its end, only a row tells it.
     *
     * @param here the number of the bot's newest event that is folded here
     * @throws ProblemException UNAVAILABLE when it is not at the deadline
     */
    public void awaitFolded(BotId bot, long sequence, LongSupplier here, Deadline until) {
        var wait = new Wait(sequence);
        try (var _ = stored.begin(bot, wait);
                var _ = folded.begin(bot, wait)) {
            var newest = here.getAsLong();
            wait.sees(newest);
            if (newest < sequence) {
                lookAtBots(Set.of(bot));
            }
            require(wait, until, "event %d of bot %s was not folded".formatted(sequence, bot));
        }
    }

    /**
     * Returns when the rows of a partition have all that is in front of an offset.
     *
     * @throws ProblemException UNAVAILABLE when they do not at the deadline
     */
    void awaitStored(int partition, long offset, Deadline until) {
        var wait = new Wait(offset);
        try (var _ = partitions.begin(partition, wait)) {
            lookAtPartitions(Set.of(partition));
            require(
                    wait,
                    until,
                    "what partition %d has in front of offset %d was not stored".formatted(partition, offset));
        }
    }

    private void require(Wait wait, Deadline until, String what) {
        try {
            if (!comes(wait, until)) {
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "%s within %d ms"
                                .formatted(what, configuration.awaitDeadline().toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
        }
    }

    private boolean comes(Wait wait, Deadline until) throws InterruptedException {
        for (var left = until.left(); left.isPositive(); left = until.left()) {
            if (wait.ends(shorter(left, configuration.awaitLook()))) {
                return true;
            }
            lookIfDue();
        }
        return wait.ends(Duration.ZERO);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whoever comes first when a look is due looks for all. */
    private void lookIfDue() {
        var due = nextLook.get();
        var now = System.nanoTime();
        if (now - due >= 0
                && nextLook.compareAndSet(due, now + configuration.awaitLook().toNanos())) {
            lookAtBots(stored.awaited());
            lookAtPartitions(partitions.awaited());
        }
    }

    private void lookAtBots(Set<BotId> wanted) {
        look(SEQUENCES, "uuid", wanted.stream().map(BotId::value).toArray(UUID[]::new), rows -> {
            while (rows.next()) {
                var sequence = rows.getLong("sequence");
                stored.see(new BotId(rows.getObject("id", UUID.class)), () -> sequence);
            }
        });
    }

    private void lookAtPartitions(Set<Integer> wanted) {
        look(OFFSETS, "int", wanted.toArray(Integer[]::new), rows -> {
            while (rows.next()) {
                var offset = rows.getLong("next_offset");
                partitions.see(rows.getInt("partition"), () -> offset);
            }
        });
    }

    private interface Seen {
        void in(ResultSet rows) throws SQLException;
    }

    private void look(String question, String type, Object[] wanted, Seen seen) {
        if (wanted.length == 0) {
            return;
        }
        transactions.read(connection -> {
            try (var statement = connection.prepareStatement(question)) {
                statement.setArray(1, connection.createArrayOf(type, wanted));
                see(statement, seen);
            }
            return wanted.length;
        });
    }

    private static void see(PreparedStatement statement, Seen seen) throws SQLException {
        try (var rows = statement.executeQuery()) {
            seen.in(rows);
        }
    }

    /** Of the bots that moved, those for which somebody waits who needs no row; the others are not looked at. */
    @Override
    public void folded(ReadableFold fold, Set<BotId> moved) {
        if (!folded.none()) {
            moved.forEach(bot -> folded.see(bot, () -> fold.sequence(bot)));
        }
    }

    @Override
    public void committed(List<FoldedBatch> batches) {
        for (var batch : batches) {
            partitions.see(batch.partition(), batch::end);
            if (!stored.none()) {
                batch.bots().forEach(bot -> stored.see(bot.id(), bot::sequence));
            }
        }
    }
}
