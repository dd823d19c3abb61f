package io.everstate.backup.bucket;

import io.everstate.backup.store.StoreUnavailableException;
import io.everstate.contracts.backup.CatalogueView;
import io.everstate.contracts.backup.CatalogueView.State;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/catalogue")
@Tag(name = "Catalogue")
final class CatalogueResource {
    private static final String EXAMPLE = """
            {"state":"INCOMPLETE","lookedAt":"2026-11-23T10:20:30Z","archives":31,"unknown":2,"examples":["backups/default/\
            20261121T102030Z-full-019aa6a2-3f11-7c41-9a55-0d2b1f0c7a11/archive.tar.gz"],"unread":0,"blocked":"the bucket holds 2 \
            archives that the catalogue does not know, as ...: rebuild the catalogue first"}""";

    private final DeletionGuard guard;

    CatalogueResource(DeletionGuard guard) {
        this.guard = guard;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Whether the catalogue knows what the bucket holds",
            description =
                    "Lists the bucket. While archives are unknown, or found and not read back, nothing is deleted.")
    @APIResponse(
            responseCode = "200",
            description = "As of now; UNKNOWN with what was seen last where the storage does not answer",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = CatalogueView.class),
                            examples = @ExampleObject(name = "a lost database", value = EXAMPLE)))
    public CatalogueView catalogue() {
        try {
            var look = guard.look();
            return view(look.blocked() == null ? State.COMPLETE : State.INCOMPLETE, look);
        } catch (StoreUnavailableException e) {
            return guard.last()
                    .map(look -> view(State.UNKNOWN, look))
                    .orElseGet(() -> new CatalogueView(State.UNKNOWN, null, 0, 0, List.of(), 0, e.detail()));
        }
    }

    private static CatalogueView view(State state, CatalogueLook look) {
        return new CatalogueView(
                state, look.at(), look.archives(), look.unknown(), look.examples(), look.unread(), look.blocked());
    }
}
