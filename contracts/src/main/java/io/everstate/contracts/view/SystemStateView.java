package io.everstate.contracts.view;

import io.everstate.contracts.bot.Amount;
import java.time.Instant;

/**
 * The fleet in one line.
 *
 * @param restarts of all bots together
 * @param lag records of the log that are not folded yet; -1 when the log does not answer
 */
public record SystemStateView(
        Instant at,
        long bots,
        long running,
        long emergencyStopped,
        long trades,
        Amount totalProfit,
        long restarts,
        long lag) {}
