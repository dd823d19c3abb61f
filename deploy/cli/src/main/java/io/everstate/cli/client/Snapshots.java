package io.everstate.cli.client;

import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.view.BotRestoreView;
import io.everstate.contracts.view.Page;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.view.StateRestoreRequest;
import io.everstate.contracts.view.StateRestoreView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Snapshots of bots' states, and the ways back to them, by state-service. */
public final class Snapshots {

    private final Services services;

    public Snapshots(Services services) {
        this.services = services;
    }

    /**
     * @param score of the quality, 0 to 100
     * @param findings what is wrong, a sentence each
     */
    public record Validation(UUID snapshotId, Instant validatedAt, boolean valid, int score, List<String> findings) {}

    /** The newest first. */
    public List<SnapshotView> newest(int count) {
        return state().first(count, "/api/v1/snapshots", new TypeReference<Page<SnapshotView>>() {});
    }

    /** @param kind as it was typed */
    public SnapshotView take(String kind) {
        return state().patient().post("/api/v1/snapshots", Map.of("kind", kind), new TypeReference<>() {});
    }

    public Validation validate(String id) {
        return state().patient()
                .post("/api/v1/snapshots/" + encoded(id) + "/validation", null, new TypeReference<>() {});
    }

    /** Returns when the restore is written down; {@link #restore} tells how far it is. */
    public StateRestoreView request(StateRestoreRequest request) {
        return state().patient().post("/api/v1/restores", request, new TypeReference<>() {});
    }

    /**
     * Returns when the wish is written down; {@link #restore} tells when it has ended.
     *
     * @param restore as it was typed
     */
    public StateRestoreView cancel(String restore) {
        return state().post("/api/v1/restores/" + encoded(restore) + "/cancel", null, new TypeReference<>() {});
    }

    public StateRestoreView restore(UUID id) {
        return state().get("/api/v1/restores/" + id, new TypeReference<>() {});
    }

    /** In the order in which they were, or would be, restored. */
    public List<BotRestoreView> bots(UUID restore) {
        return state().all(
                        "/api/v1/restores/" + restore + "/bots?limit=500",
                        new TypeReference<Page<BotRestoreView>>() {});
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ServiceClient state() {
        return services.of(ServiceName.STATE);
    }
}
