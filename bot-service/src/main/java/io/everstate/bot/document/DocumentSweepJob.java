package io.everstate.bot.document;

import io.everstate.bot.call.OwnerCalls;
import io.everstate.bot.storage.ObjectStorage;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps the storage from time to time; each replica what belongs to the bots that it owns. */
@ApplicationScoped
class DocumentSweepJob {
    private static final Logger LOG = Logger.getLogger(DocumentSweepJob.class);

    private final ObjectStorage storage;
    private final OwnerCalls calls;
    private final DocumentConfiguration configuration;
    private final DocumentSweep sweep;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("document-sweep").factory());

    DocumentSweepJob(ObjectStorage storage, OwnerCalls calls, DocumentConfiguration configuration, Clock clock) {
        this.storage = storage;
        this.calls = calls;
        this.configuration = configuration;
        this.sweep = new DocumentSweep(storage, configuration.kept(), configuration.grace(), clock);
    }

    void start(@Observes StartupEvent event) {
        if (storage.configured()) {
            var pause = configuration.sweepEvery().toMillis();
            var _ = timer.scheduleWithFixedDelay(this::guarded, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    /** A timer never runs again after a failure; this one must. */
    private void guarded() {
        try {
            var swept = sweep.sweep(this::owned);
            if (!swept.removed().isEmpty()) {
                LOG.infof(
                        "%d stored documents that nothing names were removed",
                        swept.removed().size());
            }
            if (!swept.left().isEmpty()) {
                LOG.warnf(
                        "%d stored documents could not be removed, the first is %s",
                        swept.left().size(), swept.left().getFirst());
            }
        } catch (RuntimeException e) {
            LOG.warnf("the storage was not swept, the next time will: %s", e.getMessage());
        }
    }

    private Optional<BotState> owned(BotId bot) {
        try {
            return calls.owns(bot) ? calls.known(bot) : Optional.empty();
        } catch (ProblemException e) {
            LOG.debugf(e, "bot %s has moved on", bot);
            return Optional.empty();
        }
    }
}
