package io.everstate.state.imports;

import io.everstate.contracts.view.BotImport;
import java.util.List;

/**
 * A bot of a file, as it is to be made.
 *
 * @param key of the bot within the file
 * @param notes what a person should know of it
 */
record Draft(String key, BotImport bot, List<String> notes) {}
