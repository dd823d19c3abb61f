package io.everstate.state.projection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Runs the projection on a thread of its own from the service's start to its end. */
@Singleton
public final class Projection {
    /** Of the observers of the shutdown: the last snapshot comes after the projection has stopped. */
    public static final int STOPS_FIRST = 100;

    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final Duration FINISH = Duration.ofSeconds(5);

    private final ProjectionLoop loop;
    private final Thread thread;

    Projection(ProjectionSessions sessions, ProjectionStatus status, ProjectionConfiguration configuration) {
        this.loop = new ProjectionLoop(sessions::open, status, configuration.retryDelay());
        this.thread = Thread.ofPlatform().name("projection").daemon().unstarted(loop);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes @Priority(STOPS_FIRST) ShutdownEvent event) throws InterruptedException {
        loop.close();
        if (!thread.join(FINISH)) {
            LOG.warn("the projection is still busy; what it has not committed is folded again after the start");
        }
    }
}
