package io.everstate.state.rebuild;

import io.everstate.contracts.view.RebuildView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rebuild as its row has it.
 *
 * @param changedAt when it came to this status
 * @param differences of how many bots the two differ; null before they were compared
 * @param accepted why some may
 */
record Rebuild(
        long number,
        UUID id,
        RebuildStatus status,
        String reason,
        String startedBy,
        Instant startedAt,
        Instant changedAt,
        @Nullable Long differences,
        @Nullable String accepted,
        @Nullable String note) {

    RebuildView view(RebuildView.@Nullable Progress progress) {
        return new RebuildView(
                id, status.name(), reason, startedBy, startedAt, changedAt, differences, accepted, note, progress);
    }
}
