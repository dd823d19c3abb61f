package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the system is.
 *
 * @param percent 0 to 100; how it is made of the scores is in state-service's README
 * @param worst what lowers it most, a sentence each, three at most; empty at 100
 * @param bots null when the database does not say
 * @param components services, their replicas, and what all of them need; not the bots
 * @param nextBackup of the workspace that is backed up next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthView(
        Instant at,
        int percent,
        List<String> worst,
        @Nullable Bots bots,
        List<ComponentView> components,
        Due nextSnapshot,
        Due nextBackup) {

    /**
     * All bots that are not deleted.
     *
     * @param mean of their scores, rounded down; 100 when there are none
     * @param unhealthy those below 50
     */
    public record Bots(long count, int mean, long unhealthy) {}

    /**
     * What comes by itself.
     *
     * @param what as FULL
     * @param in until then; zero when it is due already
     * @param unknown why it is not known when; null when it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Due(
            @Nullable String what,
            @Nullable Instant at,

            @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
            Duration in,

            @Nullable String unknown) {
        public static Due unknown(String why) {
            return new Due(null, null, null, why);
        }

        public static Due at(String what, Instant at, Instant now) {
            var left = Duration.between(now, at);
            return new Due(what, at, left.isNegative() ? Duration.ZERO : left, null);
        }
    }
}
