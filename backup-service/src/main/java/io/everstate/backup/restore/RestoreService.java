package io.everstate.backup.restore;

import io.everstate.backup.catalogue.Backup;
import io.everstate.backup.catalogue.Backup.Completed;
import io.everstate.backup.catalogue.Backup.Corrupted;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Dispatcher;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.restore.Rollbacks.Undoable;
import io.everstate.backup.restore.elsewhere.OtherPlaces;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RollbackRequest;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.contracts.wire.TimeOrderedUuid;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Accepts restores. What it has accepted is in the database and will run, also when this process ends. */
@Singleton
class RestoreService {
    private final Restores restores;
    private final Rollbacks rollbacks;
    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final Dispatcher dispatcher;
    private final Packings packings;
    private final OtherPlaces places;
    private final Clock clock;

    RestoreService(
            Restores restores,
            Rollbacks rollbacks,
            Catalogue catalogue,
            Workspaces workspaces,
            Dispatcher dispatcher,
            Packings packings,
            OtherPlaces places,
            Clock clock) {
        this.restores = restores;
        this.rollbacks = rollbacks;
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.dispatcher = dispatcher;
        this.packings = packings;
        this.places = places;
        this.clock = clock;
    }

    /**
     * The same request with the same key is answered with the restore that the first one made.
     *
     * @return the restore's id
     */
    UUID request(UUID backupId, @Nullable List<String> paths, RestoreOptions options, Asked asked) {
        return restores.findRepeated(asked)
                .map(RestoreView::id)
                .orElseGet(() -> accept(restorable(backupId, options.bestEffort()), paths, options, asked));
    }

    /**
     * The same, of a restore that takes another one back.
     *
     * @throws ProblemException NOT_FOUND, or CONFLICT when that cannot be taken back
     */
    UUID rollback(UUID restore, RollbackRequest request, Asked asked) {
        return restores.findRepeated(asked).map(RestoreView::id).orElseGet(() -> {
            var undoable = rollbacks.undoable(restore, null);
            var taken = undoable.order();
            var options = RestoreOptions.rollback(restore, taken.options(), request);
            return accept(safety(undoable), taken.paths(), options, asked);
        });
    }

    private Backup safety(Undoable undoable) {
        try {
            return restorable(undoable.safetyBackupId(), false);
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.type(),
                    "the restore %s cannot be rolled back, of its safety backup %s: %s"
                            .formatted(undoable.order().id(), undoable.safetyBackupId(), e.detail()),
                    e);
        }
    }

    private UUID accept(Backup backup, @Nullable List<String> paths, RestoreOptions options, Asked asked) {
        var head = backup.head();
        workspaces.named(head.workspace());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var order = new RestoreOrder(TimeOrderedUuid.at(now), head.id(), head.workspace(), paths, options);
        checkPlace(order);
        var id = insert(order, asked, now);
        dispatcher.wake(order.workspace());
        return id;
    }

    private void checkPlace(RestoreOrder order) {
        var to = order.options().to();
        if (to != null) {
            places.of(to, order.id());
        }
    }

    private UUID insert(RestoreOrder order, Asked asked, Instant now) {
        try {
            restores.add(order, asked, now);
            return order.id();
        } catch (ConstraintViolationException e) {
            return restores.findRepeated(asked).orElseThrow(() -> e).id();
        }
    }

    /** With a key that is the wrong one it shows only when the archive is read. */
    private Backup readable(Backup completed) {
        if (completed.head().encrypted() && !packings.decrypt()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "the backup is encrypted for the owners of everstate.archive.recipients, and none of their secret keys"
                            + " is here: everstate.archive.identity-file names none");
        }
        return completed;
    }

    private Backup restorable(UUID id, boolean bestEffort) {
        return switch (catalogue.findBackup(id).orElse(null)) {
            case Completed completed -> readable(completed);
            case Corrupted corrupted when bestEffort -> readable(corrupted);
            case Corrupted corrupted ->
                throw new ProblemException(ProblemType.CORRUPT, "the backup is corrupted: " + corrupted.what());
            case null -> throw new ProblemException(ProblemType.NOT_FOUND, "there is no backup " + id);
            default -> throw new ProblemException(ProblemType.CONFLICT, "the backup is not completed");
        };
    }
}
