package io.everstate.backup.inspection;

import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.WorkspaceKind;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/workspaces")
@Tag(name = "Workspaces")
final class WorkspaceResource {
    private final Workspaces workspaces;
    private final Inspections inspections;

    WorkspaceResource(Workspaces workspaces, Inspections inspections) {
        this.workspaces = workspaces;
        this.inspections = inspections;
    }

    /** A configured workspace, and the lists that hold for it, given or of its kind. */
    record WorkspaceView(
            String name,
            String directory,
            WorkspaceKind kind,
            List<String> stateFiles,
            List<String> configFiles,
            List<String> logFiles,
            List<String> excludes,
            List<String> criticalFiles,
            List<String> essentialDirectories) {

        static WorkspaceView of(Workspace workspace) {
            var profile = workspace.profile();
            return new WorkspaceView(
                    workspace.name(),
                    workspace.root().toString(),
                    workspace.kind(),
                    profile.stateFiles().globs(),
                    profile.configFiles().globs(),
                    profile.logFiles().globs(),
                    profile.excludes().globs(),
                    profile.criticalFiles(),
                    profile.essentialDirectories());
        }
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "The workspaces that are configured")
    public Page<WorkspaceView> list() {
        return new Page<>(workspaces.all().stream().map(WorkspaceView::of).toList(), null);
    }

    @GET
    @Path("/{name}/inspection")
    @RolesAllowed("viewer")
    @Operation(summary = "How the watched files are now, beside the newest good copy of each")
    @APIResponse(responseCode = "404", description = "There is no such workspace")
    public InspectionView inspect(@PathParam("name") String name) {
        return inspections.of(workspaces.named(name));
    }
}
