package io.everstate.state.snapshot.retention;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/snapshots/retention")
@RunOnVirtualThread
@Tag(name = "Snapshots")
final class RetentionResource {
    private final Retention retention;

    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "Which snapshots would be deleted now, which are kept, and why")
    public RetentionPlan plan() {
        return retention.plan();
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Delete the snapshots that need not be kept; answers with the plan that was followed")
    public RetentionPlan execute() {
        return retention.execute();
    }
}
