package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The system in one look.
 *
 * @param version of state-service
 * @param startedAt when the system was started last; null until the first start is written down
 * @param serverRestarts how often the system was started again: with a replica of state-service that found no other one alive
 * @param bots all that were ever registered, deleted ones too
 * @param byStatus how many of them, by their status
 * @param byKind how many of them, by their kind
 * @param defaultArbitrageBot whether there is one, and not deleted
 * @param restarts of all bots together
 * @param newestSnapshot null while there is none
 * @param lag records of the log that are not folded yet; -1 when the log does not answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SystemStateView(
        Instant at,
        String version,
        @Nullable Instant startedAt,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Duration uptime,

        long serverRestarts,
        long bots,
        long running,
        Map<String, Long> byStatus,
        Map<String, Long> byKind,
        boolean defaultArbitrageBot,
        long emergencyStopped,
        long trades,
        Amount totalProfit,
        long restarts,
        @Nullable SnapshotMark newestSnapshot,
        long lag) {

    /** The newest snapshot. */
    public record SnapshotMark(UUID id, String kind, Instant takenAt, boolean valid) {}
}
