package io.everstate.bot.registry;

import io.everstate.bot.fleet.Fleet;
import io.everstate.contracts.bot.BotCommand;
import io.everstate.contracts.bot.BotCommand.ClearEmergency;
import io.everstate.contracts.bot.BotCommand.PauseBot;
import io.everstate.contracts.bot.BotCommand.ResumeBot;
import io.everstate.contracts.bot.BotCommand.StartBot;
import io.everstate.contracts.bot.BotCommand.StopBot;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.StopReason;
import java.util.Locale;

/** What an operator can do to one bot, and so to many. */
enum Action {
    START,
    STOP,
    PAUSE,
    RESUME,
    FORCE_SAVE,
    CLEAR_EMERGENCY;

    /** The address of this action on one bot. */
    String path(BotId bot) {
        return "/api/v1/bots/" + bot + "/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param fleet knows the newest prices of a bot that runs here */
    BotCommand command(BotId bot, Fleet fleet, String by) {
        return switch (this) {
            case START -> new StartBot();
            case STOP -> new StopBot(StopReason.COMMAND);
            case PAUSE -> new PauseBot();
            case RESUME -> new ResumeBot();
            case FORCE_SAVE -> fleet.checkpoint(bot, "force-save");
            case CLEAR_EMERGENCY -> new ClearEmergency("cleared by " + by);
        };
    }
}
