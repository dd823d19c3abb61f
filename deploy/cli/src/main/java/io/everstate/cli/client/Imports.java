package io.everstate.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.everstate.cli.place.ServiceName;
import io.everstate.contracts.bot.BotState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State files of other systems, by state-service. */
public final class Imports {
    private final ServiceClient state;

    public Imports(Services services) {
        this.state = services.of(ServiceName.STATE);
    }

    /**
     * @param name of the file, for people
     * @param content its bytes in base64
     * @param format null = told by the file
     * @param mapping null for a format that is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record File(
            String name,
            String content,
            @Nullable String format,
            @Nullable JsonNode mapping,
            @Nullable String strategy,
            Map<String, String> symbols,
            @Nullable String zone,
            boolean round) {}

    /**
     * @param outcome MADE, WOULD_BE_MADE or REFUSED
     * @param why it was refused; null when it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Imported(
            String key,
            String name,
            String outcome,
            @Nullable String why,
            List<String> notes,
            @Nullable BotState bot) {
        public boolean refused() {
            return outcome.equals("REFUSED");
        }
    }

    public record Result(boolean dryRun, String format, String sha256, List<Imported> bots, List<String> notes) {}

    public Result take(File file, boolean dryRun) {
        return state.patient().post("/api/v1/imports?dryRun=" + dryRun, file, new TypeReference<>() {});
    }
}
