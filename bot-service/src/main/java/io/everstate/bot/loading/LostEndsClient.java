package io.everstate.bot.loading;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.everstate.contracts.view.LostEndsView;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "state-service")
@Path("/api/v1/partitions")
interface LostEndsClient {
    /** As of whole partitions: a state that is not known as a whole is none to go on from. */
    @ClientObjectMapper
    static ObjectMapper lenient(ObjectMapper strict) {
        return StateServiceClient.lenient(strict);
    }

    @GET
    @Path("/{partition}/lost-ends")
    LostEndsView lostEnds(
            @PathParam("partition") int partition, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
