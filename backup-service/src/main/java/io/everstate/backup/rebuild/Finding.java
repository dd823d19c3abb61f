package io.everstate.backup.rebuild;

import io.everstate.contracts.backup.CatalogueRebuildView.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an archive that the catalogue did not know.
 *
 * @param bytes of the archive as stored
 * @param detail what is wrong with it; null when nothing is
 */
record Finding(
        UUID backupId,
        String object,
        long bytes,
        Outcome outcome,
        @Nullable String detail) {
    Finding becomes(Outcome next, @Nullable String why) {
        return new Finding(backupId, object, bytes, next, why);
    }
}
