package io.everstate.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.RebuildDifferenceView;
import io.everstate.contracts.view.RebuildView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Second projections of the log in state-service. */
public final class Rebuilds {

    private static final String PATH = "/api/v1/rebuilds";

    private final ServiceClient service;

    public Rebuilds(Services services) {
        this.service = services.of(ServiceName.STATE);
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Request(
            @Nullable String reason, @Nullable Boolean acceptDifferences) {}

    /** Returns when it began; {@link #one} tells how far it is. */
    public RebuildView start(String reason) {
        return service.post(PATH, new Request(reason, null), new TypeReference<>() {});
    }

    /** The newest first. */
    public List<RebuildView> newest() {
        return service.get(PATH, new TypeReference<>() {});
    }

    public RebuildView one(String id) {
        return service.get(PATH + "/" + encoded(id), new TypeReference<>() {});
    }

    public List<RebuildDifferenceView> differences(String id) {
        return service.all(
                PATH + "/" + encoded(id) + "/differences?limit=500",
                new TypeReference<Page<RebuildDifferenceView>>() {});
    }

    /** @param accepted why it is switched although bots differ; null when it must not be */
    public RebuildView switchOver(String id, @Nullable String accepted) {
        return act(id, "switch", new Request(accepted, accepted == null ? null : true));
    }

    /** @param action the last part of its address, as {@code confirm} */
    public RebuildView act(String id, String action) {
        return act(id, action, new Request(null, null));
    }

    private RebuildView act(String id, String action, Request request) {
        return service.post(PATH + "/" + encoded(id) + "/" + action, request, new TypeReference<>() {});
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
