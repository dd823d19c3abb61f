package io.everstate.state.query;

import io.everstate.state.platform.Invalid;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** When a bot is looked at, as it was sent; now, when nothing of it was. */
public record Moment(
        @Parameter(
                description = "as it was then: after the last of its events that is not later",
                example = "2026-11-22T08:00:00Z")
        @QueryParam("at")
        @Nullable
        String at,

        @Parameter(description = "as it was after its event of this number", example = "41")
        @QueryParam("sequence")
        @Nullable
        String sequence,

        @Parameter(description = BotParameters.AT_LEAST, example = "41") @QueryParam("atLeast") @Nullable
        String atLeast) {

    /** Before anything is waited for. */
    void check() {
        if (at != null) {
            BotParameters.time("at", at);
            if (sequence != null) {
                throw Invalid.field("at", "must not be given together with sequence");
            }
        }
        if (sequence != null && BotParameters.sequence("sequence", sequence) < 1) {
            throw Invalid.field("sequence", "must be 1 or more");
        }
    }
}
