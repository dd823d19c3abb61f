package io.everstate.recovery.plan.step;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.BackupView.Status;
import io.everstate.recovery.peer.Archives;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Verified backups that may hold something, the best first: the one that is known to hold it sound, then the others from the newest to the
 * oldest. A safety backup comes only as the former: as a rule it holds what was there before a restore, that is the damage.
 */
record Candidates(Archives archives) {
    private static final String SAFETY = "Safety backup before restoring ";

    List<BackupView> of(Want want) {
        return archives.backups(want.workspace()).stream()
                .filter(backup -> backup.status() == Status.COMPLETED)
                .filter(backup -> want.mayBeIn(backup.kind()))
                .filter(backup -> isBest(backup, want) || !backup.description().startsWith(SAFETY))
                .sorted(Comparator.comparing((BackupView backup) -> isBest(backup, want))
                        .thenComparing(BackupView::requestedAt)
                        .reversed())
                .toList();
    }

    Optional<BackupView> best(Want want, List<UUID> tried) {
        return of(want).stream().filter(backup -> !tried.contains(backup.id())).findFirst();
    }

    private static boolean isBest(BackupView backup, Want want) {
        return backup.id().equals(want.best());
    }
}
