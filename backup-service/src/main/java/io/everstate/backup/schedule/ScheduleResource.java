package io.everstate.backup.schedule;

import io.everstate.backup.platform.InvalidRequestException;
import io.everstate.backup.workspace.Workspace;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.backup.ScheduleRequest;
import io.everstate.contracts.backup.ScheduleView;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/schedules")
@Tag(name = "Backups")
final class ScheduleResource {
    private static final Comparator<ScheduleView> BY_WORKSPACE =
            Comparator.comparing(ScheduleView::workspace).thenComparing(ScheduleView::kind);

    private final BackupScheduleJob intervals;
    private final Schedules schedules;
    private final CronTurns turns;
    private final Workspaces workspaces;
    private final ScheduleConfiguration configuration;

    ScheduleResource(
            BackupScheduleJob intervals,
            Schedules schedules,
            CronTurns turns,
            Workspaces workspaces,
            ScheduleConfiguration configuration) {
        this.intervals = intervals;
        this.schedules = schedules;
        this.turns = turns;
        this.workspaces = workspaces;
        this.configuration = configuration;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "When the next backup of each workspace comes by itself, and why")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "one workspace", value = """
                                    {"items":[{"workspace":"default","kind":"FULL","next":"2026-11-23T02:00:00Z",
                                     "why":"the times of 0 2 * * * in UTC, as the configuration says","cron":"0 2 * * *","zone":"UTC","version":0}]}""")))
    public Page<ScheduleView> next() {
        var times = workspaces.all().stream()
                .map(Workspace::name)
                .flatMap(name -> schedules.of(name).stream())
                .map(this::view);
        return new Page<>(
                Stream.concat(intervals.next().stream(), times)
                        .sorted(BY_WORKSPACE)
                        .toList(),
                null);
    }

    @PUT
    @Path("/{workspace}/{kind}")
    @RolesAllowed("operator")
    @Operation(
            summary = "Say when a kind of backup of a workspace comes by itself",
            description =
                    "Counts before the configuration. What is past is not made up for. If-Match is the version that GET shows, 0 before the first change.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ScheduleRequest.class),
                            examples =
                                    @ExampleObject(
                                            name = "each night",
                                            value = "{\"cron\":\"0 2 * * *\",\"zone\":\"Europe/Berlin\"}")))
    @APIResponse(responseCode = "200", description = "It holds from now on")
    @APIResponse(responseCode = "400", description = "It is no cron expression of five fields, or no zone")
    @APIResponse(responseCode = "404", description = "There is no such workspace or kind")
    @APIResponse(responseCode = "412", description = "Somebody changed it since")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public ScheduleView put(
            @PathParam("workspace") String workspace,
            @PathParam("kind") BackupKind kind,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull ScheduleRequest request,
            SecurityContext caller) {
        var name = workspaces.named(workspace).name();
        var by = caller.getUserPrincipal().getName();
        var schedule = schedule(name, kind, request, by);
        schedules.change(name, kind, version(ifMatch), schedule, by);
        return view(schedule);
    }

    @DELETE
    @Path("/{workspace}/{kind}")
    @RolesAllowed("operator")
    @Operation(summary = "Leave it to the configuration again when a kind of backup comes by itself")
    @APIResponse(responseCode = "204", description = "The configuration counts from now on")
    @APIResponse(responseCode = "404", description = "There is no such workspace or kind")
    @APIResponse(responseCode = "412", description = "Somebody changed it since")
    @APIResponse(responseCode = "428", description = "If-Match is missing")
    public void delete(
            @PathParam("workspace") String workspace,
            @PathParam("kind") BackupKind kind,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            SecurityContext caller) {
        schedules.change(
                workspaces.named(workspace).name(),
                kind,
                version(ifMatch),
                null,
                caller.getUserPrincipal().getName());
    }

    private ScheduleView view(CronSchedule schedule) {
        var outlook = turns.outlook(schedule);
        return new ScheduleView(
                schedule.workspace(),
                schedule.kind(),
                outlook.next().orElse(null),
                "the times of %s in %s, as %s says%s"
                        .formatted(schedule.expression(), schedule.zone(), schedule.by(), outlook.failures()),
                schedule.expression(),
                schedule.zone().getId(),
                schedules.version(schedule.workspace(), schedule.kind()));
    }

    private CronSchedule schedule(String workspace, BackupKind kind, ScheduleRequest request, String by) {
        if (request.cron() == null) {
            throw new InvalidRequestException("cron", "must be given");
        }
        try {
            return CronSchedule.of(
                    workspace, kind, request.cron().strip(), zone(request.zone()), configuration.jitter(), by);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("cron", "must be an expression of five fields: " + e.getMessage());
        }
    }

    private ZoneId zone(@Nullable String zone) {
        try {
            return zone == null ? configuration.zone() : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new InvalidRequestException("zone", "must be one as Europe/Berlin is: " + e.getMessage());
        }
    }

    private static long version(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(ProblemType.PRECONDITION_REQUIRED, "If-Match must give the schedule's version");
        }
        try {
            return Long.parseLong(ifMatch.replace("\"", "").strip());
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "If-Match must give the schedule's version", e);
        }
    }
}
