package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Catalogue;
import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Backups that somebody waits for, since a change is to follow. */
@Singleton
class AwaitedBackups {
    private static final Set<Status> UNFINISHED = EnumSet.of(Status.REQUESTED, Status.RUNNING, Status.UPLOADED);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Catalogue catalogue;

    AwaitedBackups(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Returns when it was read back.
     *
     * @throws ProblemException UNAVAILABLE when it did not become a backup, or is none yet; it goes on then
     */
    BackupView completed(UUID id, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        var view = view(id);
        while (UNFINISHED.contains(view.status()) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
            view = view(id);
        }
        if (view.status() == Status.COMPLETED) {
            return view;
        }
        throw new ProblemException(
                ProblemType.UNAVAILABLE,
                UNFINISHED.contains(view.status())
                        ? "the backup %s is %s after %d s, and goes on"
                                .formatted(id, view.status(), patience.toSeconds())
                        : "the backup %s is %s: %s".formatted(id, view.status(), view.failure()));
    }

    private BackupView view(UUID id) {
        return catalogue
                .findView(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no backup " + id));
    }
}
