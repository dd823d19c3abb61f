package io.everstate.recovery.peer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What state-service found in the log and in snapshots. */
public interface Validations {
    /**
     * The newest ones, the newest first.
     *
     * @throws PeerException without an answer
     */
    List<Found> newest();

    /**
     * @param kind SNAPSHOT for a look at a snapshot, else what was found in the log
     * @param happened when the record was written; null for a snapshot
     * @param healed when it was over; null when it is not
     */
    record Found(
            long id,
            String kind,
            @Nullable UUID snapshot,
            @Nullable UUID bot,
            @Nullable Integer partition,
            @Nullable Long offset,
            Instant found,
            @Nullable Instant happened,
            boolean valid,
            List<String> findings,
            @Nullable Instant healed) {}
}
