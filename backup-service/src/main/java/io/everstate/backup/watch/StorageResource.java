package io.everstate.backup.watch;

import io.everstate.contracts.backup.StorageView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/storage")
@Tag(name = "Storage")
final class StorageResource {
    private final StorageWatch watch;

    StorageResource(StorageWatch watch) {
        this.watch = watch;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "How full the storage is, how fast it fills, how backups ended lately, and what the bucket does against deletion")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = StorageView.class, type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "filling", value = """
                                    {"usedBytes":92000000000,"capacityBytes":100000000000,"percent":92,"threshold":90,
                                     "growthBytesPerDay":2000000000,"daysUntilFull":4.0,
                                     "backups":[{"workspace":"default","kind":"FULL","archives":30,"bytes":90000000000}],
                                     "segments":{"objects":17280,"bytes":2000000000},
                                     "ended":[{"days":1,"completed":4,"failed":0,"successRate":1.0},
                                      {"days":7,"completed":27,"failed":1,"successRate":0.9642857142857143}],
                                     "bucket":{"versioning":"ON","objectLock":"ON","mode":"COMPLIANCE","days":30,
                                      "completed":30,"locked":30}}""")))
    public StorageView storage() {
        return watch.view();
    }
}
