package io.everstate.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.view.ComponentView;
import io.everstate.contracts.view.HealthView;
import io.everstate.contracts.view.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the system is, as state-service sees it: health, parked bots, findings. */
public final class Watch {
    private static final TypeReference<Page<ComponentView>> COMPONENTS = new TypeReference<>() {};

    private final ServiceClient state;

    public Watch(Services services) {
        this.state = services.of(ServiceName.STATE);
    }

    public HealthView health() {
        return state.get("/api/v1/health", new TypeReference<>() {});
    }

    /** The worst first. */
    public List<ComponentView> worstBots(int count, int below) {
        return state.get("/api/v1/components?kind=BOT&limit=" + count + "&below=" + below, COMPONENTS)
                .items();
    }

    /**
     * A bot that is not followed any more.
     *
     * @param offset of the record that is not understood
     * @param knownTo number of its newest event that is known; 0 = none
     * @param passedOver the highest number that was passed over since
     */
    public record Parked(
            UUID bot,
            int partition,
            String type,
            String why,
            long offset,
            Instant since,
            long knownTo,
            long passedOver) {}

    public List<Parked> parked() {
        return state.all("/api/v1/parked?limit=500", new TypeReference<Page<Parked>>() {});
    }

    /** @param parked its next record that is not understood; null when it is followed now */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resumed(UUID bot, @Nullable Parked parked) {}

    public Resumed resume(String bot) {
        return state.post("/api/v1/parked/" + encoded(bot) + "/resume", null, new TypeReference<>() {});
    }

    private record Reason(String reason) {}

    /**
     * @param way SAVED or RESTORED
     * @param knownTo null when the first answer was lost and this one is to the repetition
     * @param backup which one was taken before, or why none was; null where none is asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Skipped(
            UUID bot,
            String way,
            @Nullable Long knownTo,
            @Nullable String backup) {}

    public Skipped skip(String bot, String reason) {
        return state.patient()
                .post("/api/v1/parked/" + encoded(bot) + "/skip", new Reason(reason), new TypeReference<>() {});
    }

    /**
     * What was found in the log, or in a snapshot.
     *
     * @param healed when it was over; null while it is not
     * @param settled who said that it is over; null when nobody did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(
            long id,
            String kind,
            @Nullable UUID snapshot,
            @Nullable UUID bot,
            @Nullable Integer partition,
            @Nullable Long offset,
            Instant found,
            boolean valid,
            List<String> findings,
            @Nullable Instant healed,
            @Nullable Settled settled) {}

    /** A person's word that a loss is over. */
    public record Settled(String by, String reason) {}

    /** The newest first, one page. */
    public List<Finding> findings(int limit) {
        return state.get("/api/v1/validations?limit=" + limit, new TypeReference<Page<Finding>>() {})
                .items();
    }

    public Finding settle(String finding, String reason) {
        return state.post(
                "/api/v1/validations/" + encoded(finding) + "/settle", new Reason(reason), new TypeReference<>() {});
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
