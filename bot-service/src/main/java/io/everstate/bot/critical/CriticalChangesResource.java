package io.everstate.bot.critical;

import static java.util.Objects.requireNonNull;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Backups before changes that another service leads: there an import or a restore of many bots is one change, and here it is many. */
@Path("/api/v1/critical-changes")
@RunOnVirtualThread
class CriticalChangesResource {
    private final CriticalChanges critical;

    CriticalChangesResource(CriticalChanges critical) {
        this.critical = critical;
    }

    /**
     * A change that somebody is about to make.
     *
     * @param change in words, to be read after "before"
     * @param by who asked the caller for it
     */
    record ChangeRequest(
            @NotBlank @Size(max = 200) @Schema(examples = "all bots are restored") @Nullable
            String change,

            @NotBlank @Size(max = 200) @Schema(examples = "ann") @Nullable
            String by) {}

    @POST
    @RolesAllowed("admin")
    @Operation(
            summary = "Have a backup before a change that the caller leads",
            description =
                    "204; the header Everstate-Backup says which, or none and why, and is absent where none is asked for. 503 when one"
                            + " is required and there is none: then nothing must be changed")
    public Response before(@Valid @NotNull ChangeRequest wanted) {
        var said =
                critical.before(requireNonNull(wanted.change(), "validated"), requireNonNull(wanted.by(), "validated"));
        return Response.noContent()
                .header(CriticalChanges.BACKUP, said.orElse(null))
                .build();
    }
}
