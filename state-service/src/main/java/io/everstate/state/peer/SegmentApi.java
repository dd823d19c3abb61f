package io.everstate.state.peer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

@Path("/api/v1")
@RegisterRestClient(configKey = "backup-service")
@RegisterProvider(ServiceToken.class)
interface SegmentApi {
    @GET
    @Path("/segment-partitions")
    Response partitions();

    @GET
    @Path("/segments")
    Response list(
            @QueryParam("topicId") String topicId,
            @QueryParam("partition") int partition,
            @QueryParam("from") long from,
            @QueryParam("limit") int limit);

    @GET
    @Path("/segments/{topicId}/{partition}/{firstOffset}/content")
    Response content(
            @PathParam("topicId") String topicId,
            @PathParam("partition") int partition,
            @PathParam("firstOffset") long firstOffset);
}
