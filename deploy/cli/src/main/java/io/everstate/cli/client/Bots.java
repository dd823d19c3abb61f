package io.everstate.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.client.ServiceClient.Versioned;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.bot.BotConfiguration;
import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.ConfigurationVersion;
import io.everstate.contracts.bot.RestartPolicy;
import io.everstate.contracts.bot.RiskLimits;
import io.everstate.contracts.bot.Trade;
import io.everstate.contracts.log.Parking;
import io.everstate.contracts.view.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
            @Nullable Amount maxDrawdown,
            Map<String, String> labels,
            @Nullable Amount slippageRate,
            @Nullable RiskLimits limits) {

        /** Without labels, slippage and limits. */
        public NewBot(
                String name,
                String strategy,
                List<String> symbols,
                Amount initialBalance,
                Map<String, Amount> parameters,
                RestartPolicy restartPolicy,
                @Nullable Amount maxDrawdown) {
            this(name, strategy, symbols, initialBalance, parameters, restartPolicy, maxDrawdown, Map.of(), null, null);
        }
    }

    public BotState create(NewBot bot) {
        return owner().post("/api/v1/bots", bot, new TypeReference<>() {});
    }

    public BotState start(String id) {
        return act(id, "start");
    }

    public BotState stop(String id) {
        return act(id, "stop");
    }

    /** @param action the last part of its address, as {@code force-save} */
    public BotState act(String id, String action) {
        return changing().post("/api/v1/bots/" + encoded(id) + "/" + action, null, new TypeReference<>() {});
    }

    /**
     * A bot as it is, or as it was known last.
     *
     * @param parked the record beyond which nothing of it is known; null while it is followed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            @JsonUnwrapped BotState bot, @Nullable Parking parked) {}

    public Shown one(String id) {
        return owner().get("/api/v1/bots/" + encoded(id), new TypeReference<>() {});
    }

    public BotState delete(String id) {
        return changing().delete("/api/v1/bots/" + encoded(id), new TypeReference<>() {});
    }

    /**
     * @param action as {@code FORCE_SAVE}
     * @param selector as {@code strategy=grid,env=prod}; empty means all
     */
    public record Actions(String action, String selector) {}

    /** @param status as the action on that bot alone would have been answered */
    public record ActionResult(
            String bot, String name, int status, @Nullable String detail) {}

    public record ActionsDone(int done, int refused, List<ActionResult> results) {}

    /** The same to all bots that are meant. */
    public ActionsDone act(Actions actions) {
        return changing().post("/api/v1/bots/actions", actions, new TypeReference<>() {});
    }

    /** @param warnings what was asked for and not done */
    public record Configured(ConfigurationVersion present, List<String> warnings) {}

    public Versioned<ConfigurationVersion> configuration(String id) {
        return owner().versioned("/api/v1/bots/" + encoded(id) + "/configuration", new TypeReference<>() {});
    }

    /** @param version of the configuration that was changed */
    public Configured configure(String id, BotConfiguration configuration, String version) {
        return changing()
                .put(
                        "/api/v1/bots/" + encoded(id) + "/configuration",
                        version,
                        configuration,
                        new TypeReference<>() {});
    }

    /**
     * A file of a bot's owner.
     *
     * @param defect why it is never used; null when it verifies
     */
    public record Checkpoint(
            long sequence,
            Instant savedAt,
            String sha256,
            long bytes,
            @Nullable String defect) {}

    /** The newest first. */
    public List<Checkpoint> checkpoints(String id) {
        return owner().get("/api/v1/bots/" + encoded(id) + "/checkpoints", new TypeReference<Page<Checkpoint>>() {})
                .items();
    }

    /** @param sequence of the checkpoint; null = the newest sound one before the present */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RestoreOf(
            @Nullable Long sequence, @Nullable String symbol) {}

    public record Difference(
            String field, @Nullable String before, @Nullable String after) {}

    /** @param passedOver newer checkpoints that are not used, and why */
    public record Restored(
            boolean dryRun,
            long from,
            @Nullable String symbol,
            List<Difference> differences,
            List<String> passedOver,
            BotState bot) {}

    public Restored restore(String id, RestoreOf wanted, boolean dryRun) {
        return changing()
                .post("/api/v1/bots/" + encoded(id) + "/restore?dryRun=" + dryRun, wanted, new TypeReference<>() {});
    }

    public List<BotState> all() {
        return owner().all("/api/v1/bots?limit=1000", new TypeReference<Page<BotState>>() {});
    }

    /** As they are, or, where nobody has them now, as they were last known. */
    public Page<BotState> known() {
        return owner().known("/api/v1/bots?limit=1000", new TypeReference<Page<BotState>>() {});
    }

    /** The whole history, the oldest first. */
    public List<Trade> recordedTrades(BotId id) {
        return services.of(ServiceName.STATE)
                .all("/api/v1/bots/" + id + "/trades?limit=500", new TypeReference<Page<Trade>>() {});
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    /** For what bot-service may have a backup taken before. */
    private ServiceClient changing() {
        return owner().patient();
    }

    private ServiceClient owner() {
        return services.of(ServiceName.BOT);
    }
}
