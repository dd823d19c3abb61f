package io.everstate.bot.hosting;

import io.everstate.bot.ownership.NotOwnerException;
import io.everstate.bot.ownership.Ownerships;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The host's own commands: nobody waits for their answers, so what does not take effect is logged. */
record BotCommands(Supplier<Ownerships> ownerships, Duration patience) {
    private static final Logger LOG = Logger.getLogger(BotCommands.class);

    /** Completes with whether the command counts; never fails. */
    CompletableFuture<Boolean> submit(BotId bot, BotCommand command) {
        try {
            return ownerships.get().submit(bot, command, null, patience).handle((_, failure) -> {
                if (failure != null) {
                    LOG.warnf(
                            "bot %s: %s did not take effect: %s",
                            bot, command.getClass().getSimpleName(), failure.getMessage());
                }
                return failure == null;
            });
        } catch (NotOwnerException e) {
            LOG.infof("bot %s has moved on: %s", bot, e.getMessage());
            return CompletableFuture.completedFuture(false);
        }
    }
}
