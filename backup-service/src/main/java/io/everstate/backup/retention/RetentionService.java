package io.everstate.backup.retention;

import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Dispatcher;
import io.everstate.backup.workspace.Workspaces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accepts clean-ups. What it has accepted is in the database and will run, also when this process ends. */
@Singleton
class RetentionService {
    private final RetentionRuns runs;
    private final Workspaces workspaces;
    private final Dispatcher dispatcher;

    RetentionService(RetentionRuns runs, Workspaces workspaces, Dispatcher dispatcher) {
        this.runs = runs;
        this.workspaces = workspaces;
        this.dispatcher = dispatcher;
    }

    /** @return the run's id; that of the first one for the same request with the same key */
    UUID request(String workspace, Asked asked) {
        workspaces.named(workspace);
        return runs.findRepeated(asked).orElseGet(() -> {
            var id = insert(workspace, asked);
            dispatcher.wake(workspace);
            return id;
        });
    }

    private UUID insert(String workspace, Asked asked) {
        try {
            return runs.add(workspace, asked);
        } catch (ConstraintViolationException e) {
            return runs.findRepeated(asked).orElseThrow(() -> e);
        }
    }
}
