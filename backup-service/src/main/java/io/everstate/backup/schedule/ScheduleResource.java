package io.everstate.backup.schedule;

import io.everstate.contracts.backup.ScheduleView;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/schedules")
@Tag(name = "Backups")
final class ScheduleResource {
    private final BackupScheduleJob job;

    ScheduleResource(BackupScheduleJob job) {
        this.job = job;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "When the next backup of each workspace comes by itself")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "one workspace", value = """
                                    {"items":[{"workspace":"default","kind":"FULL","next":"2026-11-22T18:00:00Z"}]}""")))
    public Page<ScheduleView> next() {
        return new Page<>(job.next(), null);
    }
}
