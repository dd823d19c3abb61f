package io.everstate.backup.restore;

import io.everstate.backup.archive.Manifest;
import io.everstate.backup.restore.Restores.Changing;
import io.everstate.backup.restore.rollback.Reversal;
import io.everstate.backup.workspace.Workspace;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.backup.RestoreView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which restores can be taken back, and what that is made of. */
@Singleton
class Rollbacks {
    private final Restores restores;
    private final ArchiveStaging archives;

    Rollbacks(Restores restores, ArchiveStaging archives) {
        this.restores = restores;
        this.archives = archives;
    }

    /**
     * A restore that can be taken back.
     *
     * @param files that it put there; of a rollback also the files and directories that it removed
     */
    record Undoable(RestoreOrder order, UUID safetyBackupId, List<String> files) {}

    /**
     * @param rollback the one that asks; null when there is none yet
     *
     * @throws ProblemException NOT_FOUND, or CONFLICT when it cannot be taken back, which says why
     */
    Undoable undoable(UUID id, @Nullable UUID rollback) {
        var restore = restores.findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no restore " + id));
        var safety = restore.safetyBackupId();
        if (restore.status() == Status.RUNNING) {
            throw refused(id, "it is not finished");
        }
        if (Boolean.TRUE.equals(restore.dryRun())) {
            throw refused(id, "it was a dry run, which changed nothing");
        }
        if (restore.to() != null) {
            throw refused(id, "it put its files into " + restore.to() + ", where nothing was before");
        }
        if (restore.status() != Status.COMPLETED && restore.status() != Status.PARTIAL) {
            throw refused(id, "it is " + restore.status() + ", and what was there before is there");
        }
        if (safety == null) {
            throw refused(id, "it has no safety backup");
        }
        checkOthers(restore, restores.changing(restore.workspace()), rollback);
        return new Undoable(restores.order(id), safety, changed(restore));
    }

    private static List<String> changed(RestoreView restore) {
        var report = restore.report();
        var removal = report == null ? null : report.removal();
        return removal == null
                ? restore.files()
                : Stream.concat(restore.files().stream(), removal.removed().stream())
                        .toList();
    }

    private void checkOthers(RestoreView restore, List<Changing> others, @Nullable UUID rollback) {
        for (var other : others) {
            if (other.takesBack(restore.id())
                    && !other.id().equals(rollback)
                    && RollbackOffers.stands(other.id(), others)) {
                throw refused(
                        restore.id(),
                        other.status() == Status.RUNNING
                                ? "it is being rolled back by restore " + other.id()
                                : "it was rolled back already, by restore " + other.id());
            }
        }
        later(restore, others).ifPresent(later -> {
            throw refused(
                    restore.id(),
                    "restore %s came after it and put back some of the same files: roll that back first"
                            .formatted(later));
        });
    }

    /** One that stands, so that what is there now is that one's. */
    private Optional<UUID> later(RestoreView restore, List<Changing> others) {
        return others.stream()
                .filter(other -> other.options().rollbackOf() == null
                        && isAfter(other.finishedAt(), restore.finishedAt())
                        && RollbackOffers.stands(other.id(), others)
                        && restores.findView(other.id())
                                .filter(view -> !Collections.disjoint(view.files(), changed(restore)))
                                .isPresent())
                .map(Changing::id)
                .findFirst();
    }

    private static boolean isAfter(@Nullable Instant one, @Nullable Instant other) {
        return one != null && other != null && one.isAfter(other);
    }

    /**
     * @param order of a rollback
     * @param safety the manifest of what it restores
     */
    Reversal reversal(RestoreOrder order, UUID rolledBack, Workspace workspace, Manifest safety) throws IOException {
        var undoable = undoable(rolledBack, order.id());
        return new Reversal(
                safety,
                restored(undoable.order()),
                undoable.files(),
                path -> isAskedFor(undoable.order(), workspace, path));
    }

    /** A rollback makes no directory but those of its files. */
    private static boolean isAskedFor(RestoreOrder order, Workspace workspace, String path) {
        return order.options().rollbackOf() == null && Selection.names(order, workspace, path);
    }

    /** Also of one that is damaged: its manifest tells what it added. */
    private Manifest restored(RestoreOrder restore) throws IOException {
        try {
            return archives.manifest(archives.written(restore.backupId()));
        } catch (ProblemException e) {
            throw new ProblemException(
                    e.type(),
                    "what restore %s added is told by backup %s alone, which cannot be read: %s"
                            .formatted(restore.id(), restore.backupId(), e.detail()),
                    e);
        }
    }

    private static ProblemException refused(UUID restore, String why) {
        return new ProblemException(
                ProblemType.CONFLICT, "the restore %s cannot be rolled back: %s".formatted(restore, why));
    }
}
