package io.everstate.bot.document;

import io.everstate.bot.fleet.Fleet;
import io.everstate.bot.storage.ObjectStorage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for the documents of the bots that this replica owns, soon after it took them and each time a state names another; all of them as
 * often as the storage is swept. Beside the takeovers: a storage that is away holds none of them up.
 */
@ApplicationScoped
class MissingDocumentsJob {
    private static final Logger LOG = Logger.getLogger(MissingDocumentsJob.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ObjectStorage storage;
    private final Fleet fleet;
    private final Duration again;
    private final MissingDocuments missing;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("missing-documents").factory());

    MissingDocumentsJob(
            ObjectStorage storage, Fleet fleet, DocumentConfiguration configuration, MeterRegistry registry) {
        this.storage = storage;
        this.fleet = fleet;
        this.again = configuration.sweepEvery();
        this.missing = new MissingDocuments(storage);
        registry.gauge("everstate.bot.documents.missing", missing, MissingDocuments::count);
    }

    void start(@Observes StartupEvent event) {
        if (storage.configured()) {
            repeat(PAUSE, () -> missing.look(fleet.ownerships().bots()));
            repeat(again, missing::again);
        }
    }

    /** A timer never runs again after a failure; this one must. */
    private void repeat(Duration pause, Runnable work) {
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.error("looking for missing documents failed; the next look tries again", e);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }
}
