package io.everstate.state.finding;

import io.everstate.contracts.view.Page;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/validations")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Validations")
final class ValidationsResource {
    private final Findings findings;

    ValidationsResource(Findings findings) {
        this.findings = findings;
    }

    @GET
    @Operation(summary = "What was found in the log and in snapshots, the newest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    public Page<FindingView> found(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "id of the last one that is known", example = "41") @QueryParam("after") @Nullable
                    String after) {
        return findings.found(PageLimit.of(limit), after == null ? null : number(after));
    }

    private static Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Invalid.field("after", "must be the id of a validation (a whole number)");
        }
    }
}
