package io.everstate.bot.loading;

import io.everstate.bot.ownership.PartitionLoader;
import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.log.PartitionFold;
import io.everstate.contracts.view.PartitionView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Begins where state-service has folded to; without its answer at the log's start, which takes longer and comes to the same. Its silence
 * counts for some seconds, or many partitions would wait for it one after the other.
 */
@ApplicationScoped
class StateServiceLoader implements PartitionLoader {
    static final Duration SILENCE_COUNTS = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Logger LOG = Logger.getLogger(StateServiceLoader.class);

    private final StateServiceClient stateService;
    private final ServiceToken token;
    private final Clock clock;
    private final Duration deadline;
    private volatile Instant askAgain = Instant.MIN;

    @Inject
    StateServiceLoader(@RestClient StateServiceClient stateService, ServiceToken token, Clock clock) {
        this(stateService, token, clock, DEADLINE);
    }

    StateServiceLoader(StateServiceClient stateService, ServiceToken token, Clock clock, Duration deadline) {
        this.stateService = stateService;
        this.token = token;
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Nobody waits for the answer any more, which says nothing about state-service. */
    private static final class CancelledLoadException extends RuntimeException {
        CancelledLoadException(int partition, InterruptedException cause) {
            super("nobody waits for partition " + partition + " any more", cause);
        }
    }

    @Override
    public Start load(int partition, String topicId) {
        if (clock.instant().isBefore(askAgain)) {
            return Start.ofLog();
        }
        try {
            return loaded(partition, topicId);
        } catch (WebApplicationException e) {
            LOG.infof(
                    "state-service does not have partition %d (%s); reading it from its start",
                    partition, e.getMessage());
            return Start.ofLog();
        } catch (CancelledLoadException e) {
            // else the loads behind it would begin at the log's start unasked
            throw e;
        } catch (RuntimeException e) {
            askAgain = clock.instant().plus(SILENCE_COUNTS);
            LOG.infof("state-service does not answer (%s); reading partitions from their start", e.getMessage());
            return Start.ofLog();
        }
    }

    /** The client's own time-out ends with the answer's head; a body that stalls must not hold the reader of the log. */
    private PartitionView asked(int partition) {
        var answer = new FutureTask<>(() -> stateService.partition(partition, token.authorization()));
        Thread.ofVirtual().name("load-partition-" + partition).start(answer);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no whole answer within " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledLoadException(partition, e);
        } finally {
            answer.cancel(true);
        }
    }

    private Start loaded(int partition, String topicId) {
        var view = asked(partition);
        if (view.topicId().equals(topicId)) {
            return new Start(new PartitionFold(view.epoch(), view.bots()), view.nextOffset());
        }
        LOG.warnf(
                "state-service has partition %d of topic id %s, the log has %s: reading from its start",
                partition, view.topicId(), topicId);
        return Start.ofLog();
    }
}
