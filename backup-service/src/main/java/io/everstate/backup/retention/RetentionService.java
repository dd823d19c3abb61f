package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Dispatcher;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accepts clean-ups. What it has accepted is in the database and will run, also when this process ends. */
@Singleton
class RetentionService {
    private final RetentionRuns runs;
    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final Dispatcher dispatcher;

    RetentionService(RetentionRuns runs, Catalogue catalogue, Workspaces workspaces, Dispatcher dispatcher) {
        this.runs = runs;
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.dispatcher = dispatcher;
    }

    /**
     * @throws ProblemException NOT_FOUND when there is no such workspace or backup
     * @return the run's id; that of the first one for the same request with the same key
     */
    UUID request(Wanted wanted, Asked asked) {
        workspaces.named(wanted.workspace());
        checkItIsThere(wanted);
        return runs.findRepeated(asked).orElseGet(() -> {
            var id = insert(wanted, asked);
            dispatcher.wake(wanted.workspace());
            return id;
        });
    }

    private void checkItIsThere(Wanted wanted) {
        var backup = wanted.backup();
        if (backup != null
                && catalogue
                        .findBackup(backup)
                        .filter(found -> found.head().workspace().equals(wanted.workspace()))
                        .isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "there is no backup %s of %s".formatted(backup, wanted.workspace()));
        }
    }

    private UUID insert(Wanted wanted, Asked asked) {
        try {
            return runs.add(wanted, asked);
        } catch (ConstraintViolationException e) {
            return runs.findRepeated(asked).orElseThrow(() -> e);
        }
    }
}
