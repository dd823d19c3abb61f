package io.everstate.contracts.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * To what bots are to go back, and which. Exactly one of {@code snapshot}, {@code at} and {@code sequence} is given, and at most one of
 * {@code bot} and {@code component}; without either all bots are meant.
 *
 * @param snapshot its id, or {@value #NEWEST} for the newest that is valid
 * @param at a time: each bot as it was then
 * @param sequence the number of an event of the one bot that is named
 * @param bot the only one
 * @param component the bot of that name that runs elsewhere, or those with the label component=that
 * @param symbol the only market to go back in; of the bots that have it
 * @param restart bots that run are stopped for it and started again; without it they are left as they are
 * @param dryRun shows what would change, and changes nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateRestoreRequest(
        @Nullable String snapshot,
        @Nullable Instant at,
        @Nullable Long sequence,
        @Nullable BotId bot,
        @Nullable String component,
        @Nullable String symbol,
        boolean restart,
        boolean dryRun) {
    public static final String NEWEST = "newest";

    /** The same with the id of the snapshot that is meant. */
    public StateRestoreRequest ofSnapshot(String id) {
        return new StateRestoreRequest(id, at, sequence, bot, component, symbol, restart, dryRun);
    }
}
