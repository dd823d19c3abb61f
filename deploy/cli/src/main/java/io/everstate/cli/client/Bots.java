package io.everstate.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.view.Page;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bots: as their owners in bot-service have them, and as state-service has folded them. */
public final class Bots {

    private final Services services;

    public Bots(Services services) {
        this.services = services;
    }

    /** @param parameters of the strategy, those that are not to have their default */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewBot(
            String name,
            String strategy,
            List<String> symbols,
            Amount initialBalance,
            Map<String, Amount> parameters,
            RestartPolicy restartPolicy,
            @Nullable Amount maxDrawdown) {}

    public BotState create(NewBot bot) {
        return owner().post("/api/v1/bots", bot, new TypeReference<>() {});
    }

    public BotState start(String id) {
        return owner().post("/api/v1/bots/" + id + "/start", null, new TypeReference<>() {});
    }

    public BotState stop(String id) {
        return owner().post("/api/v1/bots/" + id + "/stop", null, new TypeReference<>() {});
    }

    public List<BotState> all() {
        return owner().all("/api/v1/bots?limit=1000", new TypeReference<Page<BotState>>() {});
    }

    /** The whole history, the oldest first. */
    public List<Trade> recordedTrades(BotId id) {
        return services.of(ServiceName.STATE)
                .all("/api/v1/bots/" + id + "/trades?limit=500", new TypeReference<Page<Trade>>() {});
    }

    private ServiceClient owner() {
        return services.of(ServiceName.BOT);
    }
}
