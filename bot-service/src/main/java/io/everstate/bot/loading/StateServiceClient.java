package io.everstate.bot.loading;

import io.everstate.contracts.view.PartitionView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@RegisterRestClient(configKey = "state-service")
@Path("/api/v1/partitions")
interface StateServiceClient {
    @GET
    @Path("/{partition}")
    PartitionView partition(
            @PathParam("partition") int partition, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
