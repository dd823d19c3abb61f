package io.everstate.recovery.peer.rest;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

@Path("/api/v1")
@RegisterRestClient(configKey = "backup-service")
@RegisterProvider(ServiceToken.class)
interface BackupServiceApi {
    /** All of a workspace that is needed here. */
    record Workspace(String name) {}

    @GET
    @Path("/workspaces")
    Page<Workspace> workspaces();

    @GET
    @Path("/workspaces/{name}/inspection")
    InspectionView inspection(@PathParam("name") String workspace);

    @GET
    @Path("/backups")
    Page<BackupView> backups(
            @QueryParam("workspace") String workspace,
            @QueryParam("limit") int limit,
            @QueryParam("after") @Nullable String after);

    @POST
    @Path("/restores")
    Response requestRestore(@HeaderParam("Idempotency-Key") String key, RestoreRequest request);

    @GET
    @Path("/restores/{id}")
    RestoreView restore(@PathParam("id") UUID id);

    @GET
    @Path("/restores")
    Page<RestoreView> restores(@QueryParam("limit") int limit, @QueryParam("after") @Nullable String after);
}
