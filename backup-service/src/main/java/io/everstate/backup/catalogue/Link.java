package io.everstate.backup.catalogue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a backup is built upon.
 *
 * @param base the backup that it is the changes since; null of one that needs no other
 * @param position how many backups it needs: its base, and what that one needs
 * @param note why it needs none though an INCREMENTAL was asked for; null otherwise
 */
public record Link(
        @Nullable UUID base, int position, @Nullable String note) {
    static final Link NONE = new Link(null, 0, null);
}
