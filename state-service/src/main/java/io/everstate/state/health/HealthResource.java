package io.everstate.state.health;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.view.HealthView;
import io.everstate.contracts.view.HealthView.Due;
import io.everstate.state.health.TrackedComponents.Fleet;
import io.everstate.state.snapshot.schedule.NextSnapshot;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What does not answer is a low score in the answer, and never an error of it. */
@Path("/api/v1/health")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "Health")
final class HealthResource {
    private static final int REASONS = 3;

    private final Rounds rounds;
    private final TrackedComponents tracked;
    private final NextSnapshot nextSnapshot;
    private final Clock clock;

    HealthResource(Rounds rounds, TrackedComponents tracked, NextSnapshot nextSnapshot, Clock clock) {
        this.rounds = rounds;
        this.tracked = tracked;
        this.nextSnapshot = nextSnapshot;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "How the system is, in percent, and why it is not better; when the next snapshot and backup come")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "a backup is away", value = """
                    {"at":"2026-11-22T12:00:00Z","percent":50,"worst":["backup-service does not answer (ConnectException)"],
                     "bots":{"count":12,"mean":100,"unhealthy":0},
                     "components":[{"kind":"SERVICE","id":"backup-service","name":"backup-service","score":0,
                       "reason":"backup-service does not answer (ConnectException)","errors":4,"lookedAt":"2026-11-22T11:59:55Z"}],
                     "nextSnapshot":{"what":"INCREMENTAL","at":"2026-11-22T12:03:00Z","in":"PT3M"},
                     "nextBackup":{"unknown":"backup-service does not answer (ConnectException)"}}""")))
    public HealthView health() throws InterruptedException {
        var round = rounds.latest();
        // a database that froze answers only after long: who knows that it is away does not ask it again
        var fleet = round.databaseAnswers() ? fleet() : null;
        return new HealthView(
                clock.instant(),
                Overall.percent(round, fleet),
                Overall.worst(round, fleet, REASONS),
                fleet == null ? null : fleet.bots(),
                List.copyOf(round.views()),
                round.databaseAnswers() ? snapshot() : Due.unknown("the database does not answer"),
                round.nextBackup());
    }

    private @Nullable Fleet fleet() {
        try {
            return tracked.fleet(REASONS);
        } catch (ProblemException e) {
            return null; // the look says that the database is away
        }
    }

    private Due snapshot() {
        try {
            return nextSnapshot.due();
        } catch (ProblemException e) {
            return Due.unknown(e.detail());
        }
    }
}
