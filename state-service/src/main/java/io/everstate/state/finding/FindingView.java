package io.everstate.state.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the log or in a snapshot.
 *
 * @param kind SNAPSHOT for a look at a snapshot, else what was found in the log
 * @param found when it was found
 * @param happened when the record was written; null for a snapshot
 * @param valid whether there is nothing wrong
 * @param findings a sentence each
 * @param healed when it was over; null when it is not, or nothing can end it
 * @param settled who said that it is over; null when the log did, or it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FindingView(
        long id,
        String kind,
        @Nullable UUID snapshot,
        @Nullable UUID bot,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable Long sequence,
        Instant found,
        @Nullable Instant happened,
        boolean valid,
        List<String> findings,
        @Nullable Instant healed,
        @Nullable Settled settled) {
    /** A person's word that a loss is over. */
    record Settled(String by, String reason) {}
}
