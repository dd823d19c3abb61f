package io.everstate.contracts.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the catalogue knows what the bucket holds.
 *
 * @param lookedAt when the bucket was listed; null when it has not been yet
 * @param archives how many whole archives the bucket holds
 * @param unknown how many of them the catalogue does not know
 * @param examples objects of some of those
 * @param unread how many a rebuild found and did not read back yet
 * @param blocked why nothing is deleted; null when that may be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogueView(
        State state,
        @Nullable Instant lookedAt,
        long archives,
        long unknown,
        List<String> examples,
        long unread,
        @Nullable String blocked) {
    public CatalogueView {
        examples = List.copyOf(examples);
    }

    public enum State {
        /** Each archive of the bucket has its row. */
        COMPLETE,
        /** Archives are unknown or unread: nothing is deleted before a rebuild has found and read them. */
        INCOMPLETE,
        /** The bucket could not be listed. */
        UNKNOWN
    }
}
