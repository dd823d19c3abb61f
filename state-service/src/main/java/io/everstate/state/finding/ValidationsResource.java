package io.everstate.state.finding;

import io.everstate.contracts.view.Page;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/validations")
@RunOnVirtualThread
@Tag(name = "Validations")
final class ValidationsResource {
    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Findings findings;
    private final Settlements settlements;

    ValidationsResource(Findings findings, Settlements settlements) {
        this.findings = findings;
        this.settlements = settlements;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "What was found in the log and in snapshots, the newest first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    public Page<FindingView> found(
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "id of the last one that is known", example = "41") @QueryParam("after") @Nullable
                    String after) {
        return findings.found(PageLimit.of(limit), after == null ? null : number("after", after));
    }

    @POST
    @Path("/{id}/settle")
    @RolesAllowed("operator")
    @Operation(
            summary = "Say that a loss is over which nothing in the log makes good any more",
            description =
                    "of the kinds LOST_END and REPLACED; nothing of the bot changes. A repetition is answered the same, with or without `Idempotency-Key`")
    @RequestBody(
            content =
                    @Content(
                            examples =
                                    @ExampleObject(
                                            name = "with a reason",
                                            value = "{\"reason\":\"the two trades were entered by hand\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The finding, with who settled it and why",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "a lost end", value = """
                    {"id":41,"kind":"LOST_END","bot":"0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55","partition":3,"offset":4711,"sequence":57,
                     "found":"2026-11-22T12:00:01Z","happened":"2026-11-22T12:00:00Z","valid":false,
                     "findings":["bot 0199f2a4-77be-7c3e-a2a1-3c1f6d0b9a55: the log ends at its event 55, 2 events up to 57 were folded before"],
                     "healed":"2026-11-22T14:30:00Z","settled":{"by":"ann","reason":"the two trades were entered by hand"}}""")))
    @APIResponse(responseCode = "400", description = "Without a reason")
    @APIResponse(responseCode = "404", description = "There is no such finding")
    @APIResponse(
            responseCode = "409",
            description =
                    "Something else ends it, which is named; it is over; or somebody settled it for another reason")
    @APIResponse(responseCode = "503", description = "It is looked through what the log has lost; try again")
    public FindingView settle(
            @Parameter(example = "41") @PathParam("id") String id,
            @Nullable SettleRequest request,
            @Context SecurityContext security) {
        var number = number("id", id);
        var reason = SettleRequest.requiredReason(request);
        var by = security.getUserPrincipal().getName();
        var settled = settlements.settle(number, by, reason);
        AUDIT.infof(
                "%s settles finding %d (%s of bot %s at offset %d of partition %d): %s",
                by, number, settled.kind(), settled.bot(), settled.offset(), settled.partition(), reason);
        return settled;
    }

    private static long number(String field, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Invalid.field(field, "must be the id of a validation (a whole number)");
        }
    }
}
