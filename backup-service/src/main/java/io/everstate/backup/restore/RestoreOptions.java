package io.everstate.backup.restore;

import io.everstate.contracts.backup.RestoreRequest;
import io.everstate.contracts.backup.RestoreRequest.Category;
import io.everstate.contracts.backup.RollbackRequest;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a restore is carried out, as its row has it. What a stored one does not name is false, empty or null.
 *
 * @param dryRun whether it only says what it would do
 * @param rollbackOnInvalid whether it is undone when something that it restored is not sound
 * @param bestEffort whether it goes on with what is left of a damaged archive
 * @param categories of the files that are wanted; empty = all
 * @param to the other directory in which they are to be, relative to the configured root; null = the workspace
 * @param rollbackOf the restore that it takes back; null of others
 * @param overwriteWritten whether a rollback may replace what was written since
 */
record RestoreOptions(
        boolean dryRun,
        boolean rollbackOnInvalid,
        boolean bestEffort,
        List<Category> categories,
        @Nullable String to,
        @Nullable UUID rollbackOf,
        boolean overwriteWritten) {

    RestoreOptions {
        categories = List.copyOf(Objects.requireNonNullElse(categories, List.of()));
    }

    static RestoreOptions of(RestoreRequest request) {
        return new RestoreOptions(
                Boolean.TRUE.equals(request.dryRun()),
                Boolean.TRUE.equals(request.rollbackOnInvalid()),
                Boolean.TRUE.equals(request.bestEffort()),
                Objects.requireNonNullElse(request.categories(), List.of()),
                request.to(),
                null,
                false);
    }

    /** @param taken how the restore was asked for that is taken back */
    static RestoreOptions rollback(UUID restore, RestoreOptions taken, RollbackRequest request) {
        return new RestoreOptions(
                Boolean.TRUE.equals(request.dryRun()),
                Boolean.TRUE.equals(request.rollbackOnInvalid()),
                false,
                taken.categories(),
                null,
                restore,
                Boolean.TRUE.equals(request.overwriteWritten()));
    }
}
