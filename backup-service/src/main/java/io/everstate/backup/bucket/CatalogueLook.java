package io.everstate.backup.bucket;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bucket compared with the catalogue at a moment.
 *
 * @param unknown how many archives have no row
 * @param examples objects of some of them
 * @param whole which backups the bucket has, archive and manifest
 * @param unread how many have a row that a rebuild made, and were not read back
 */
record CatalogueLook(Instant at, Set<UUID> whole, long unknown, List<String> examples, long unread) {
    long archives() {
        return whole.size();
    }

    /** Why nothing may be deleted; null when that may be. */
    @Nullable
    String blocked() {
        if (unknown > 0) {
            return "the bucket holds %d archives that the catalogue does not know, as %s: rebuild the catalogue first"
                    .formatted(unknown, examples.getFirst());
        }
        return unread == 0
                ? null
                : "%d archives that a rebuild of the catalogue found were not read back yet".formatted(unread);
    }
}
