package io.everstate.state.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.contracts.bot.BotState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file, or would.
 *
 * @param sha256 of the file
 * @param notes what a person should know of it
 */
record ImportView(boolean dryRun, FileFormat format, String sha256, List<Imported> bots, List<String> notes) {
    enum Outcome {
        /** It is there now, or was made by the same import before. */
        MADE,
        WOULD_BE_MADE,
        /** bot-service does not take it; the others are not touched by that. */
        REFUSED
    }

    /**
     * One bot of the file.
     *
     * @param key of it in the file
     * @param why it was refused; null when it was not
     * @param bot as it is, or would be
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Imported(
            String key,
            String name,
            Outcome outcome,
            @Nullable String why,
            List<String> notes,
            @Nullable BotState bot) {}
}
