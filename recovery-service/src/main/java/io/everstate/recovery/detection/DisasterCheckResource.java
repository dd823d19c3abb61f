package io.everstate.recovery.detection;

import io.everstate.contracts.recovery.DisasterCheckView;
import io.everstate.recovery.disaster.Disaster;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

@Path("/api/v1/disaster-checks")
@RunOnVirtualThread
class DisasterCheckResource {
    private static final String EXAMPLE = """
            {"at": "2026-11-21T10:15:30Z", "checked": ["bot-service", "backup-service", "workspace default"],
              "disasters": [], "warnings": []}""";

    private final DisasterWatch watch;
    private final Clock clock;

    DisasterCheckResource(DisasterWatch watch, Clock clock) {
        this.watch = watch;
        this.clock = clock;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(summary = "Look at everything now; what is found is recovered as usual")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(mediaType = "application/json", examples = @ExampleObject(name = "well", value = EXAMPLE)))
    public DisasterCheckView check() {
        var open = watch.check().stream().map(Disaster::view).toList();
        return new DisasterCheckView(clock.instant(), watch.checked(), open, watch.warnings());
    }
}
