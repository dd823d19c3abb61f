package io.everstate.state.peer;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.BotImport;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Has bot-service make bots with a past. */
@Singleton
public final class BotImports {
    private final BotImportApi api;

    BotImports(@RestClient BotImportApi api) {
        this.api = api;
    }

    /**
     * @param key the same key finds the same bot
     * @return the bot; of a dry run, as it would be
     * @throws PeerException CONFLICT when there is such a bot that was not made with this key, INVALID when it cannot be made, UNAVAILABLE
     *     without an answer
     */
    public BotState make(BotImport bot, String key, boolean dryRun) {
        return Peer.BOT_SERVICE.call(() -> api.make(key, dryRun, bot), response -> response.readEntity(BotState.class));
    }
}
