package io.everstate.backup.backup;

import io.everstate.backup.sqlite.DatabaseCopier;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the copier of databases, and has it clean up before anything is copied. */
@Singleton
final class DatabaseCopies {
    private final DatabaseCopier copier;

    DatabaseCopies(BackupConfiguration configuration, Clock clock) {
        this.copier = new DatabaseCopier(configuration.spoolDirectory(), configuration.sqliteDeadline(), clock);
    }

    @Produces
    @Singleton
    DatabaseCopier copier() {
        return copier;
    }

    void started(@Observes StartupEvent event) {
        copier.removeLeftovers();
    }
}
