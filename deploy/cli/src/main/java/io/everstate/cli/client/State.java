package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.ConfigurationView;
import io.everstate.contracts.view.MetricsHistoryView;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SystemStateView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What state-service knows: bots now and then, the system as a whole, its history. */
public final class State {

    private final Services services;

    public State(Services services) {
        this.services = services;
    }

    /**
     * When a bot is looked at; both null for now.
     *
     * @param at a time, as it was typed
     * @param sequence of the event behind which it is looked at, as it was typed
     */
    public record Moment(@Nullable String at, @Nullable String sequence) {
        private String query() {
            if (at != null) {
                return "?at=" + encoded(at);
            }
            return sequence == null ? "" : "?sequence=" + encoded(sequence);
        }
    }

    public BotState bot(String id, Moment moment) {
        return state().get("/api/v1/bots/" + encoded(id) + moment.query(), new TypeReference<>() {});
    }

    /** For people, symbol by symbol. */
    public String sheet(String id, Moment moment) {
        return state().text("/api/v1/bots/" + encoded(id) + "/view" + moment.query());
    }

    public SystemStateView system() {
        return state().get("/api/v1/system-state", new TypeReference<>() {});
    }

    public List<ConfigurationView> configurations() {
        return state().all("/api/v1/configurations?limit=500", new TypeReference<Page<ConfigurationView>>() {});
    }

    /** @param resolution hour or minute */
    public MetricsHistoryView history(int hours, String resolution) {
        return state().get(
                        "/api/v1/metrics-history?hours=" + hours + "&resolution=" + encoded(resolution),
                        new TypeReference<>() {});
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ServiceClient state() {
        return services.of(ServiceName.STATE);
    }
}
