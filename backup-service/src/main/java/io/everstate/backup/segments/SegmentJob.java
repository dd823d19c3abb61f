package io.everstate.backup.segments;

import io.everstate.contracts.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Archives the event log on a thread of its own, for which nothing else waits: what fails there is told once, and tried again at the next look. */
@Singleton
class SegmentJob {
    private static final Logger LOG = Logger.getLogger(SegmentJob.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(6);

    private final SegmentsConfiguration configuration;
    private final ArchiveLoop loop;
    private final SegmentMetrics metrics;
    private volatile boolean stopping;
    private volatile boolean broken;
    private @Nullable Thread thread;
    private boolean blind;

    SegmentJob(SegmentsConfiguration configuration, ArchiveLoop loop, SegmentMetrics metrics) {
        this.configuration = configuration;
        this.loop = loop;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        if (configuration.enabled()) {
            thread = Thread.ofPlatform().daemon().name("segments").start(this::archive);
        }
    }

    /** However it ends, the partitions are given back: else their leases would be renewed, and nobody would archive them. */
    private void archive() {
        try {
            while (!stopping) {
                round();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            broken = true;
            metrics.failed();
            LOG.error("This replica archives the event log no more until it is started anew", e);
        } finally {
            end();
        }
    }

    private void end() {
        try {
            loop.end();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the archive ended though nobody stopped it: for want of memory, say. */
    boolean isBroken() {
        return broken;
    }

    private void round() throws InterruptedException {
        try {
            if (loop.round()) {
                blind = false;
            }
        } catch (ProblemException | PersistenceException | SQLException e) {
            metrics.failed();
            if (!blind) {
                LOG.warnf("The event log is not archived for now: %s", e.getMessage());
            }
            blind = true;
        } catch (RuntimeException e) {
            metrics.failed();
            LOG.error("The archive of the event log met a defect", e);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.join(SHUTDOWN);
        }
    }
}
