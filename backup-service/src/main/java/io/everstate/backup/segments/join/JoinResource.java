package io.everstate.backup.segments.join;

import io.everstate.contracts.backup.SegmentJoinsView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/segment-joins")
@Tag(name = "Segments")
final class JoinResource {
    private final JoinRows rows;
    private final Joining joining;

    JoinResource(JoinRows rows, Joining joining) {
        this.rows = rows;
        this.joining = joining;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary =
                    "How many segments of each partition were joined from smaller ones, and how many objects of those are still to be removed")
    public List<SegmentJoinsView> all() {
        return rows.counts(joining::failure);
    }
}
