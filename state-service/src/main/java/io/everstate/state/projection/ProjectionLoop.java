package io.everstate.state.projection;

import io.everstate.contracts.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jboss.logging.Logger;

/** Keeps a membership going, and after trouble begins the next one, until it is closed. */
final class ProjectionLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(ProjectionLoop.class);

    private final Supplier<Optional<ProjectionSession>> sessions;
    private final ProjectionStatus status;
    private final Duration retryDelay;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** @param sessions a new membership; empty while there is no topic */
    ProjectionLoop(Supplier<Optional<ProjectionSession>> sessions, ProjectionStatus status, Duration retryDelay) {
        this.sessions = sessions;
        this.status = status;
        this.retryDelay = retryDelay;
    }

    @Override
    public void run() {
        try {
            while (!closed(Duration.ZERO)) {
                attempt();
                if (closed(retryDelay)) {
                    return;
                }
            }
        } catch (Error e) {
            // without this the service would look well and fold nothing
            LOG.error("the projection's thread ends", e);
            status.troubled("the projection's thread ended: " + e);
            throw e;
        }
    }

    private void attempt() {
        try {
            var session = sessions.get();
            if (session.isEmpty()) {
                status.waitsForTopic();
                return;
            }
            follow(session.get());
        } catch (FencedInstanceIdException e) {
            // Going on would fence the other one, and so on without end.
            status.superseded();
            close();
        } catch (RuntimeException e) {
            LOG.debug("a membership ended", e);
            status.troubled(e instanceof ProblemException problem ? problem.detail() : e.toString());
        }
    }

    private void follow(ProjectionSession session) {
        try (session) {
            while (!closed(Duration.ZERO)) {
                session.step();
            }
        }
    }

    private boolean closed(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Returns at once; the present step is finished first. */
    void close() {
        closing.countDown();
    }
}
