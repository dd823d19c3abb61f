package io.everstate.bot.hosting;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.everstate.bot.ownership.CommandResult;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the log for what does not come from the host: people, programs that report, and what is noticed of them. Behind a claim it waits
 * until it is decided whether the log has lost what it held of the partition's bots. Safe for many threads.
 */
public final class OutsideCommands {
    /** Short: with the command's own deadline it must fit into what callers wait. A look at a log that is another than it was takes longer. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<Ownerships> ownerships;
    private final Settlements settlements;
    private final Duration patience;

    /** @param patience how long {@link #execute} waits */
    OutsideCommands(Supplier<Ownerships> ownerships, Settlements settlements, Duration patience) {
        this.ownerships = ownerships;
        this.settlements = settlements;
        this.patience = patience;
    }

    /**
     * As {@link Ownerships#execute}.
     *
     * @throws ProblemException UNAVAILABLE also when it is not decided in time; nothing happened
     */
    public CommandResult execute(BotId bot, BotCommand command, @Nullable String idempotencyKey) {
        awaitSettled(bot);
        return ownerships.get().execute(bot, command, idempotencyKey);
    }

    private void awaitSettled(BotId bot) {
        try {
            settled(bot).get(patience.toMillis(), MILLISECONDS);
        } catch (TimeoutException e) {
            throw undecided(bot, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undecided(bot, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProblemException undecided(BotId bot, Exception cause) {
        return new ProblemException(
                ProblemType.UNAVAILABLE,
                "partition %d was taken over, and it is looked whether its log has lost what was known of bot %s; nothing happened, repeat"
                        .formatted(ownerships.get().partitionOf(bot), bot),
                cause);
    }

    /**
     * As {@link Ownerships#submit}, but fails where that throws.
     *
     * @param patience from when it is decided on
     */
    public CompletableFuture<CommandResult> submit(BotId bot, BotCommand command, Duration patience) {
        return settled(bot).thenCompose(_ -> ownerships.get().submit(bot, command, null, patience));
    }

    /** Whether nothing has to wait. */
    public boolean isSettled(BotId bot) {
        return settled(bot).isDone();
    }

    private CompletableFuture<Void> settled(BotId bot) {
        return settlements.of(ownerships.get().partitionOf(bot));
    }
}
