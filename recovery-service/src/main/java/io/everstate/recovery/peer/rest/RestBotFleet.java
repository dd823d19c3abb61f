package io.everstate.recovery.peer.rest;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.view.Page;
import io.everstate.recovery.peer.BotFleet;
import io.everstate.recovery.peer.PeerException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Singleton
final class RestBotFleet implements BotFleet {
    private static final String PEER = "bot-service";
    private static final int MAX_PAGES = 1000;

    private final BotServiceApi api;

    RestBotFleet(@RestClient BotServiceApi api) {
        this.api = api;
    }

    @Override
    public List<BotState> bots() {
        return PeerCall.to(PEER, () -> Pages.all(MAX_PAGES, after -> present(api.bots(Pages.SIZE, after))));
    }

    /** By what bots were nobody may be judged. */
    private static Page<BotState> present(Page<BotState> page) {
        if (page.degraded() != null) {
            throw new PeerException(
                    ProblemType.UNAVAILABLE,
                    PEER + " is degraded: " + page.degraded().why(),
                    null);
        }
        return page;
    }

    @Override
    public void start(BotId bot) {
        unlessRefused(() -> api.start(bot.value()));
    }

    @Override
    public void stop(BotId bot) {
        unlessRefused(() -> api.stop(bot.value()));
    }

    private static void unlessRefused(Supplier<BotState> call) {
        try {
            var _ = PeerCall.to(PEER, call);
        } catch (PeerException e) {
            if (e.type() != ProblemType.CONFLICT && e.type() != ProblemType.NOT_FOUND) {
                throw e;
            }
        }
    }
}
