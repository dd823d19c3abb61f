package io.everstate.recovery.peer;

import io.everstate.contracts.backup.BackupView;
import io.everstate.contracts.backup.InspectionView;
import io.everstate.contracts.backup.RestoreView;
import io.everstate.contracts.problem.ProblemException;
import java.util.List;
import java.util.UUID;

/** Workspaces and their backups in backup-service. Every call throws {@link ProblemException}, retryable when it does not answer. */
public interface Archives {
    List<String> workspaces();

    /** What is there now, read anew. */
    InspectionView inspection(String workspace);

    /** Backups of a workspace, in no particular order. */
    List<BackupView> backups(String workspace);

    /**
     * Asks for a restore, which takes a safety backup first and goes on by itself.
     *
     * @param key the same for a repetition of the same request
     * @return the restore's id
     */
    UUID requestRestore(UUID backup, List<String> paths, String key);

    RestoreView restore(UUID id);

    List<RestoreView> restores();
}
