package io.everstate.bot.ingest;

import io.everstate.bot.ingest.HintRoom.Place;
import io.everstate.bot.platform.BotCredential;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.wire.TimeOrderedUuid;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Hints under way into the log. Their senders wait in their own trading loop and ask once only, so none of them waits for Kafka: who is not
 * answered within moments is let go, and the hint tries on by itself for a while. Bounded in number; what is accepted can still be lost with
 * the process, as 202 says.
 */
@Singleton
class Hints {
    private static final Logger LOG = Logger.getLogger(Hints.class);

    private final IngestConfiguration configuration;
    private final Clock clock;
    private final HintRoom room;
    private final PassedTokens passed = new PassedTokens();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Hints(IngestConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
        this.room = new HintRoom(configuration);
    }

    /** Whether an owner accepted the sender's token before. */
    boolean trusts(BotCredential sender) {
        return passed.contains(sender);
    }

    /**
     * Sends a hint on its way. Returns whether it counts already; false means that it is under way still.
     *
     * @param known whether the sender's token is known to be good; one that an owner accepted before is so, too
     * @param attempt tries to record it under the key that it is given, the same each time; asked again while that can help
     * @throws ProblemException UNAVAILABLE when too many are under way, or what the attempt failed with if that was at once
     */
    boolean send(BotCredential sender, boolean known, Consumer<String> attempt) {
        var key = TimeOrderedUuid.at(clock.instant()).toString();
        var hint = new Hint(() -> attempt.accept(key), clock, configuration.patience());
        var trusted = known || trusts(sender);
        var place = trusted ? room.takeKnown(sender.bot()) : room.takeUnknown(sender.bot(), hint::giveUp);
        var arrived = new CompletableFuture<Void>();
        workers.execute(() -> carry(hint, sender, place, arrived));
        return await(arrived);
    }

    private void carry(Hint hint, BotCredential sender, Place place, CompletableFuture<Void> arrived) {
        try {
            hint.carry();
            passed.passed(sender);
            arrived.complete(null);
        } catch (RuntimeException e) {
            if (e instanceof AuthenticationFailedException || e instanceof ForbiddenException) {
                passed.refused(sender);
            }
            if (!arrived.completeExceptionally(e)) {
                LOG.debugf(e, "nobody waits for the hint of bot %s", sender.bot());
            }
            LOG.warnf("a hint of bot %s is dropped: %s", sender.bot(), e.getMessage());
        } finally {
            room.giveBack(place);
        }
    }

    private boolean await(CompletableFuture<Void> arrived) {
        try {
            arrived.get(configuration.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.debug("a sender is let go before its hint counts", e);
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
