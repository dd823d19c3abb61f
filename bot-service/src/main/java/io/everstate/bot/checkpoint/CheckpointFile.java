package io.everstate.bot.checkpoint;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One local checkpoint of a bot.
 *
 * @param sequence of the newest event in it
 * @param savedAt when the file was written
 * @param sha256 of its content, as its first line says
 * @param bytes of the whole file
 * @param defect why it is never used; null when it verifies
 */
public record CheckpointFile(
        long sequence,
        Instant savedAt,
        String sha256,
        long bytes,
        @Nullable String defect) {}
