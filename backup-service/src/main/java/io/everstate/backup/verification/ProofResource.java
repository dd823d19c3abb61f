package io.everstate.backup.verification;

import io.everstate.backup.catalogue.Backup.Proof;
import io.everstate.backup.catalogue.Proofs;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.ProofRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/backups/{id}/proofs")
@Tag(name = "Verification")
final class ProofResource {
    private static final int MAX_RUN = 100;
    private static final int MAX_COMPARED = 1000;

    private final Proofs proofs;
    private final Clock clock;

    ProofResource(Proofs proofs, Clock clock) {
        this.proofs = proofs;
        this.clock = clock;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            summary = "Say that a drill restored a backup",
            description =
                    "The backup is proven from then on; the newest proof stays, so the same request may be repeated.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ProofRequest.class),
                            examples = @ExampleObject(name = "a drill", value = """
                                    {"at":"2026-11-22T04:10:00Z","drillRun":"019aa6b0-0000-7c41-9a55-0d2b1f0c7a11",
                                     "compared":"12 files with the manifest, 5 bots with their states"}""")))
    @APIResponse(responseCode = "200", description = "The backup with its newest proof")
    @APIResponse(
            responseCode = "400",
            description = "Something is not given, or the time is one at which it cannot have happened")
    @APIResponse(responseCode = "404", description = "There is no such backup")
    @APIResponse(responseCode = "409", description = "The backup is not completed")
    @APIResponse(responseCode = "422", description = "The backup is corrupted")
    public BackupView prove(@PathParam("id") UUID id, @NotNull ProofRequest request) {
        var drillRun = text("drillRun", request.drillRun(), MAX_RUN);
        var compared = text("compared", request.compared(), MAX_COMPARED);
        var at = at(request.at());
        var takenAt = proofs.completed(id).head().requestedAt();
        if (at.isBefore(takenAt)) {
            throw new InvalidRequestException("at", "must not be before the backup, which is of " + takenAt);
        }
        return proofs.prove(id, new Proof(at, drillRun, compared));
    }

    private Instant at(@Nullable Instant at) {
        if (at == null || at.isAfter(clock.instant())) {
            throw new InvalidRequestException("at", "must be given, and not be still to come");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    private static String text(String field, @Nullable String text, int max) {
        var given = text == null ? "" : text.strip();
        if (given.isEmpty() || given.length() > max || given.indexOf('\0') >= 0) {
            throw new InvalidRequestException(field, "must be given, with at most " + max + " characters");
        }
        return given;
    }
}
