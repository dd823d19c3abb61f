package io.everstate.bot.ingest;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One hint on its way: tries again while that can help, until its time is over or its place is wanted. */
final class Hint {
    private static final Logger LOG = Logger.getLogger(Hint.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Runnable attempt;
    private final Clock clock;
    private final Instant deadline;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private volatile @Nullable Thread carrier;

    Hint(Runnable attempt, Clock clock, Duration patience) {
        this.attempt = attempt;
        this.clock = clock;
        this.deadline = clock.instant().plus(patience);
    }

    /** On a thread of its own, which does nothing else before or behind it. */
    void carry() {
        carrier = Thread.currentThread();
        for (var pause = FIRST_PAUSE_MILLIS;
                givenUp.getCount() > 0;
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                attempt.run();
                return;
            } catch (AuthenticationFailedException | ForbiddenException e) {
                throw e;
            } catch (ProblemException e) {
                if (!e.type().retryable() || isPast(pause)) {
                    throw e;
                }
                LOG.debugf("a hint tries again: %s", e.detail());
            }
            pause(pause);
        }
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "newer ones came while nobody could say whether its token is good");
    }

    /** Ends an attempt that waits for something, and there is no other one. */
    void giveUp() {
        givenUp.countDown();
        var thread = carrier;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private boolean isPast(long pause) {
        return clock.instant().plusMillis(pause).isAfter(deadline);
    }

    private void pause(long millis) {
        try {
            LOG.debugf("given up: %s", givenUp.await(millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            if (givenUp.getCount() > 0) {
                Thread.currentThread().interrupt();
                throw new ProblemException(ProblemType.UNAVAILABLE, "the service is stopping", e);
            }
        }
    }
}
