package io.everstate.state.health;

import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.Page;
import io.everstate.state.health.TrackedComponents.Place;
import io.everstate.state.platform.Invalid;
import io.everstate.state.platform.PageLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/components")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Health")
final class ComponentsResource {
    private static final Set<String> KINDS = Set.of("BOT", "SERVICE", "DEPENDENCY");
    private static final int ALL = 101;

    private final TrackedComponents tracked;

    ComponentsResource(TrackedComponents tracked) {
        this.tracked = tracked;
    }

    @GET
    @Operation(summary = "Components of one kind with their scores as they were written down last, the worst first")
    @APIResponse(responseCode = "200", description = "A page; go on with `next` as `after`")
    @APIResponse(responseCode = "400", description = "A parameter cannot be taken; it is named")
    public Page<ComponentView> components(
            @Parameter(description = "BOT, SERVICE or DEPENDENCY", example = "BOT") @QueryParam("kind") @Nullable
                    String kind,
            @Parameter(description = "only those with a lower score", example = "50") @QueryParam("below") @Nullable
                    String below,
            @Parameter(description = "1 to 500", example = "100") @QueryParam("limit") @Nullable String limit,
            @Parameter(description = "`next` of the page before") @QueryParam("after") @Nullable String after) {
        return tracked.page(kind(kind), below(below), PageLimit.of(limit), after == null ? Place.FIRST : place(after));
    }

    private static String kind(@Nullable String text) {
        if (text == null || !KINDS.contains(text)) {
            throw Invalid.field("kind", "must be BOT, SERVICE or DEPENDENCY");
        }
        return text;
    }

    private static int below(@Nullable String text) {
        try {
            return text == null ? ALL : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Invalid.field("below", "must be a whole number");
        }
    }

    private static Place place(String text) {
        var point = text.indexOf('.');
        try {
            return new Place(Integer.parseInt(text.substring(0, Math.max(point, 0))), text.substring(point + 1));
        } catch (NumberFormatException e) {
            throw Invalid.field("after", "must be `next` of the page before");
        }
    }
}
