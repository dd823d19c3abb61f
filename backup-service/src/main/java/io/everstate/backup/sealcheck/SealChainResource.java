package io.everstate.backup.sealcheck;

import io.everstate.backup.seal.Seals;
import io.everstate.backup.seal.key.SealKeys;
import io.everstate.backup.seal.key.SigningKey;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.SealChainView;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/seal-chains")
@Tag(name = "Seals")
final class SealChainResource {
    private static final String UNSIGNED =
            "no key signs: who can write to the bucket can write a chain that looks well once the catalogue is lost";

    private final Seals seals;
    private final SealKeys keys;
    private final Workspaces workspaces;

    SealChainResource(Seals seals, SealKeys keys, Workspaces workspaces) {
        this.seals = seals;
        this.keys = keys;
        this.workspaces = workspaces;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Where each workspace's chain ends",
            description = "Note the heads where nobody who reaches bucket and database can change them.")
    public Page<SealChainView> list() {
        return new Page<>(
                workspaces.all().stream()
                        .map(workspace -> view(workspace.name()))
                        .toList(),
                null);
    }

    private SealChainView view(String workspace) {
        var signedBy = keys.own().map(SigningKey::id);
        return new SealChainView(
                workspace,
                seals.head(workspace).orElse(null),
                seals.waiting(workspace),
                signedBy.orElse(null),
                signedBy.isPresent() ? null : UNSIGNED);
    }
}
