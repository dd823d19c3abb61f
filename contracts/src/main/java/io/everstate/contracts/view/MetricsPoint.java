package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.everstate.contracts.bot.Amount;
import java.time.Duration;
import java.time.Instant;

/**
 * The system in one minute, or hour.
 *
 * @param at when it began
 * @param profit realised and unrealised, of all bots
 * @param memory bytes that the replica used which wrote it down; of an hour the most
 * @param uptime since the system was started last
 * @param restarts how often the system was started again until then
 * @param minutes how many minutes of it are known: 1, of a whole hour 60
 */
public record MetricsPoint(
        Instant at,
        long bots,
        long running,
        Amount profit,
        long trades,
        long memory,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Duration uptime,
        long restarts,
        int minutes) {}
