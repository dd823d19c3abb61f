package io.everstate.bot.loading;

import io.everstate.bot.hosting.LostEnds;
import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.log.KnownState;
import io.everstate.contracts.view.LostEndsView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Asks state-service. While it says that it is still looking through a log that is another than it was, it is asked again for some seconds: a
 * bot that went on before would have to be stopped by a person. Its silence is no reason to wait: it is asked again later.
 */
@ApplicationScoped
class StateServiceLostEnds implements LostEnds {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final int LOOKING = 409;
    private static final Logger LOG = Logger.getLogger(StateServiceLostEnds.class);

    private final LostEndsClient stateService;
    private final ServiceToken token;
    private final Duration patience;
    private final Duration deadline;

    @Inject
    StateServiceLostEnds(@RestClient LostEndsClient stateService, ServiceToken token) {
        this(stateService, token, PATIENCE, DEADLINE);
    }

    /**
     * @param patience while it is looking
     * @param deadline of one answer
     */
    StateServiceLostEnds(LostEndsClient stateService, ServiceToken token, Duration patience, Duration deadline) {
        this.stateService = stateService;
        this.token = token;
        this.patience = patience;
        this.deadline = deadline;
    }

    @Override
    public Optional<List<KnownState>> of(int partition) {
        var end = System.nanoTime() + patience.toNanos();
        try {
            var answer = asked(partition);
            while (answer.isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE.toNanos());
                answer = asked(partition);
            }
            return Optional.of(answer.map(StateServiceLostEnds::known)
                    .orElseThrow(() -> new IllegalStateException("it is still looking")));
        } catch (RuntimeException e) {
            LOG.debugf(
                    "state-service does not say what the log of partition %d has lost: %s", partition, e.getMessage());
            return Optional.empty();
        }
    }

    private static List<KnownState> known(LostEndsView lost) {
        return lost.bots().stream()
                .map(bot -> new KnownState(bot, lost.knownIn()))
                .toList();
    }

    /** Empty while it is looking. A body that stalls must not hold the bots. */
    private Optional<LostEndsView> asked(int partition) {
        var answer = new FutureTask<>(() -> stateService.lostEnds(partition, token.authorization()));
        Thread.ofVirtual().name("lost-ends-" + partition).start(answer);
        try {
            return Optional.of(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebApplicationException refused
                    && refused.getResponse().getStatus() == LOOKING) {
                return Optional.empty();
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no whole answer within " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
