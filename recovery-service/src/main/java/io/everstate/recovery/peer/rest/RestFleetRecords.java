package io.everstate.recovery.peer.rest;

import io.everstate.contracts.bot.BotState;
import io.everstate.recovery.peer.FleetRecords;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Singleton
final class RestFleetRecords implements FleetRecords {
    private static final int MAX_PAGES = 1000;

    private final StateServiceApi api;

    RestFleetRecords(@RestClient StateServiceApi api) {
        this.api = api;
    }

    @Override
    public List<BotState> bots() {
        return PeerCall.to("state-service", () -> Pages.all(MAX_PAGES, after -> api.bots(Pages.SIZE, after)));
    }
}
