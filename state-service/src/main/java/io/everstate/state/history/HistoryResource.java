package io.everstate.state.history;

import io.everstate.contracts.view.MetricsHistoryView;
import io.everstate.state.platform.Invalid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/metrics-history")
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "System")
final class HistoryResource {
    private static final long STANDARD = 24;
    /** Ten years; more would be an answer of many megabytes. */
    private static final long MOST_HOURS = 87_600;
    /** A week of minutes, should so many be kept. */
    private static final long MOST_HOURS_OF_MINUTES = 168;

    private final MetricsHistory history;

    HistoryResource(MetricsHistory history) {
        this.history = history;
    }

    @GET
    @Operation(
            summary =
                    "Bots, profit, trades, memory, uptime and restarts, hour by hour or minute by minute, the newest first")
    @APIResponse(
            responseCode = "200",
            description = "What was written down; hours in which nothing ran are left out and counted")
    @APIResponse(responseCode = "400", description = "A parameter cannot be taken; it is named")
    public MetricsHistoryView history(
            @Parameter(description = "how far back; with resolution=minute at most 168", example = "24")
                    @QueryParam("hours")
                    @Nullable
                    String hours,
            @Parameter(description = "hour or minute", example = "hour") @QueryParam("resolution") @Nullable
                    String resolution) {
        var wanted = resolution(resolution);
        return history.read(wanted, hours(hours, wanted));
    }

    private static Resolution resolution(@Nullable String text) {
        return switch (text) {
            case "minute" -> Resolution.MINUTE;
            case "hour" -> Resolution.HOUR;
            case null -> Resolution.HOUR;
            default -> throw Invalid.field("resolution", "must be hour or minute");
        };
    }

    private static Duration hours(@Nullable String text, Resolution resolution) {
        var most = resolution == Resolution.HOUR ? MOST_HOURS : MOST_HOURS_OF_MINUTES;
        try {
            var hours = text == null ? STANDARD : Long.parseLong(text);
            if (hours < 1 || hours > most) {
                throw Invalid.field("hours", "must be between 1 and " + most);
            }
            return Duration.ofHours(hours);
        } catch (NumberFormatException e) {
            throw Invalid.field("hours", "must be a whole number");
        }
    }
}
