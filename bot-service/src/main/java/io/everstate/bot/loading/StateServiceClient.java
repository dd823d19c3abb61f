package io.everstate.bot.loading;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.bot.platform.WholeOnly;
import io.everstate.contracts.view.PartitionView;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "state-service")
@Path("/api/v1/partitions")
interface StateServiceClient {
    /** An answer may have what only a later release knows, but not in what bots act by: then the log tells which bots to park. */
    @ClientObjectMapper
    static ObjectMapper lenient(ObjectMapper strict) {
        return strict.copy()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addHandler(new WholeOnly());
    }

    @GET
    @Path("/{partition}")
    PartitionView partition(
            @PathParam("partition") int partition, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
