package io.everstate.bot.loading;

import io.everstate.bot.ownership.PartitionLoader;
import io.everstate.bot.platform.ServiceToken;
import io.everstate.contracts.log.PartitionFold;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Begins where state-service has folded to; without its answer at the log's start, which takes longer and comes to the same. */
@ApplicationScoped
class StateServiceLoader implements PartitionLoader {
    private static final Logger LOG = Logger.getLogger(StateServiceLoader.class);

    private final StateServiceClient stateService;
    private final ServiceToken token;

    StateServiceLoader(@RestClient StateServiceClient stateService, ServiceToken token) {
        this.stateService = stateService;
        this.token = token;
    }

    @Override
    public Start load(int partition) {
        try {
            var view = stateService.partition(partition, token.authorization());
            return new Start(new PartitionFold(view.epoch(), view.bots()), view.nextOffset());
        } catch (WebApplicationException | ProcessingException e) {
            LOG.infof(
                    "state-service does not answer (%s); reading partition %d from its start",
                    e.getMessage(), partition);
            return Start.ofLog();
        }
    }
}
