package io.everstate.contracts.external;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Where a document is found again.
 *
 * @param sequence of the event that saved it
 * @param at that event's time
 */
public record SavedDocument(long sequence, Instant at, Document document) {
    public SavedDocument {
        requireNonNull(at, "at");
        requireNonNull(document, "document");
    }
}
