package io.everstate.bot.ownership;

import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to the log.
 *
 * @param deadline after which it must not begin any more; its caller was refused by then
 * @param outcome completes when the event counts, or with a problem
 */
record Submission(
        BotId bot,
        BotCommand command,
        @Nullable String idempotencyKey,
        Instant deadline,
        CompletableFuture<CommandResult> outcome) {}
