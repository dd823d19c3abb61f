package io.everstate.backup.backup;

import io.everstate.backup.catalogue.BackupHead;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Catalogue.Asked;
import io.everstate.backup.lease.Dispatcher;
import io.everstate.backup.packing.Packings;
import io.everstate.backup.workspace.Workspaces;
import io.everstate.contracts.backup.BackupKind;
import io.everstate.contracts.wire.TimeOrderedUuid;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** Accepts backups. What it has accepted is in the catalogue and will run, also when this process ends. */
@Singleton
public final class BackupService {
    private final Catalogue catalogue;
    private final Workspaces workspaces;
    private final Dispatcher dispatcher;
    private final Packings packings;
    private final Clock clock;

    BackupService(Catalogue catalogue, Workspaces workspaces, Dispatcher dispatcher, Packings packings, Clock clock) {
        this.catalogue = catalogue;
        this.workspaces = workspaces;
        this.dispatcher = dispatcher;
        this.packings = packings;
        this.clock = clock;
    }

    /**
     * The same request with the same key is answered with the backup that the first one made.
     *
     * @return the backup's id
     */
    public UUID request(String workspace, BackupKind kind, String description, Asked asked) {
        workspaces.named(workspace);
        return catalogue.findRepeated(asked).map(view -> view.id()).orElseGet(() -> {
            var id = insert(head(workspace, kind, description, false), asked);
            dispatcher.wake(workspace);
            return id;
        });
    }

    private UUID insert(BackupHead head, Asked asked) {
        try {
            return catalogue.request(head, asked).head().id();
        } catch (ConstraintViolationException e) {
            return catalogue.findRepeated(asked).orElseThrow(() -> e).id();
        }
    }

    /** Times are kept to the microsecond, as the database does: names that follow from them must not change by being stored. */
    public BackupHead head(String workspace, BackupKind kind, String description, boolean safety) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new BackupHead(
                TimeOrderedUuid.at(now),
                workspace,
                kind,
                description,
                safety,
                now,
                packings.chosen().name());
    }
}
