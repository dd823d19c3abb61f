package io.everstate.backup.kit;

import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.contracts.backup.RecoveryKitKept;
import io.everstate.contracts.backup.RecoveryKitStatusView;
import io.everstate.contracts.backup.RecoveryKitView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/recovery-kit")
@Tag(name = "Recovery kit")
final class KitResource {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_PLACE = 1_000;
    private static final int MOST_BACKUPS = 10_000;

    private final KitMaker maker;
    private final Kits kits;
    private final Catalogue catalogue;
    private final Clock clock;

    KitResource(KitMaker maker, Kits kits, Catalogue catalogue, Clock clock) {
        this.maker = maker;
        this.kits = kits;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @GET
    @RolesAllowed("operator")
    @Operation(
            summary = "A recovery kit of now",
            description =
                    "Catalogue, runbook and scripts with which the newest good backups are restored by standard tools alone; no keys. Write the files, compare their sums, keep them where none of this runs, and say so with POST .../kept.")
    public RecoveryKitView kit() {
        return maker.make();
    }

    @GET
    @Path("/status")
    @RolesAllowed("viewer")
    @Operation(summary = "Whether somebody keeps a recovery kit that is of use")
    public RecoveryKitStatusView status() {
        return kits.status();
    }

    @POST
    @Path("/kept")
    @RolesAllowed("operator")
    @Operation(
            summary = "Say that a kit is kept",
            description = "Its age is watched from then on. Said twice of the same kit is said once.")
    @APIResponse(responseCode = "200", description = "What is kept now")
    @APIResponse(responseCode = "400", description = "A field is missing, or is not of a kit")
    public RecoveryKitStatusView keep(@NotNull RecoveryKitKept kept, SecurityContext caller) {
        var madeAt = given("madeAt", kept.madeAt());
        if (madeAt.isAfter(clock.instant())) {
            throw new InvalidRequestException("madeAt", "is in the future");
        }
        var sha256 = given("sha256", kept.sha256());
        if (!SHA256.matcher(sha256).matches()) {
            throw new InvalidRequestException("sha256", "is no SHA-256 in hexadecimal");
        }
        var place = given("place", kept.place());
        if (place.isBlank() || place.length() > LONGEST_PLACE) {
            throw new InvalidRequestException("place", "is of 1 to " + LONGEST_PLACE + " characters");
        }
        kits.keep(
                sha256,
                madeAt,
                backups(given("backups", kept.backups())),
                Objects.requireNonNull(caller.getUserPrincipal()).getName(),
                place);
        return kits.status();
    }

    private Set<UUID> backups(List<UUID> ids) {
        if (ids.size() > MOST_BACKUPS) {
            throw new InvalidRequestException("backups", "are more than " + MOST_BACKUPS);
        }
        var backups = new HashSet<UUID>();
        for (var id : ids) {
            if (id == null || catalogue.findBackup(id).isEmpty()) {
                throw new InvalidRequestException("backups", "names %s, which is no backup".formatted(id));
            }
            backups.add(id);
        }
        return backups;
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidRequestException(field, "is missing");
        }
        return value;
    }
}
