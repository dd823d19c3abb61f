package io.everstate.backup.backup;

import io.everstate.contracts.view.SnapshotView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What this service wants of state-service. */
@RegisterRestClient(configKey = "state-service")
@Path("/api/v1/snapshots")
interface StateServiceClient {
    /** @param purpose so that no restore to the newest snapshot goes back to what was backed up right before it */
    record SnapshotRequest(String kind, String purpose) {}

    @POST
    SnapshotView take(@HeaderParam("Authorization") String bearer, SnapshotRequest request);

    /** One BotState a line, compressed as its format says. */
    @GET
    @Path("/{id}/content")
    InputStream content(@HeaderParam("Authorization") String bearer, @PathParam("id") UUID id);
}
