package io.everstate.backup.restore;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A restore to carry out.
 *
 * @param paths of files, or of directories with all below them; null = all that the archive holds
 */
record RestoreOrder(
        UUID id, UUID backupId, String workspace, @Nullable List<String> paths, RestoreOptions options) {

    /** Whether all that the archive holds is wanted. */
    boolean whole() {
        return paths == null && options.categories().isEmpty();
    }
}
