package io.everstate.bot.loading;

import io.everstate.bot.ownership.PartitionLoader;
import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.log.PartitionFold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Begins where state-service has folded to; without its answer at the log's start, which takes longer and comes to the same. Its silence
 * counts for some seconds, or many partitions would wait for it one after the other.
 */
@ApplicationScoped
class StateServiceLoader implements PartitionLoader {
    static final Duration SILENCE_COUNTS = Duration.ofSeconds(10);
    private static final Logger LOG = Logger.getLogger(StateServiceLoader.class);

    private final StateServiceClient stateService;
    private final ServiceToken token;
    private final Clock clock;
    private volatile Instant askAgain = Instant.MIN;

    StateServiceLoader(@RestClient StateServiceClient stateService, ServiceToken token, Clock clock) {
        this.stateService = stateService;
        this.token = token;
        this.clock = clock;
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
        } catch (RuntimeException e) {
            askAgain = clock.instant().plus(SILENCE_COUNTS);
            LOG.infof("state-service does not answer (%s); reading partitions from their start", e.getMessage());
            return Start.ofLog();
        }
    }

    private Start loaded(int partition, String topicId) {
        var view = stateService.partition(partition, token.authorization());
        if (view.topicId().equals(topicId)) {
            return new Start(new PartitionFold(view.epoch(), view.bots()), view.nextOffset());
        }
        LOG.warnf(
                "state-service has partition %d of topic id %s, the log has %s: reading from its start",
                partition, view.topicId(), topicId);
        return Start.ofLog();
    }
}
