package io.everstate.contracts.view;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A snapshot of all bots at one consistent cut of the log.
 *
 * @param formatVersion of the content
 * @param offsets next offset by partition: the cut
 * @param sha256 of the content, in hexadecimal
 * @param valid what the newest validation found
 */
public record SnapshotView(
        UUID id,
        String kind,
        int formatVersion,
        Instant takenAt,
        Map<Integer, Long> offsets,
        long bots,
        long bytes,
        String sha256,
        boolean valid) {}
