package io.everstate.backup.backup;

import io.everstate.backup.catalogue.Backup.Running;
import io.everstate.backup.catalogue.Catalogue;
import io.everstate.backup.catalogue.Progress;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Writes down how far a running backup is, not more often than configured. */
@Singleton
final class ProgressNotes {
    private final Catalogue catalogue;
    private final BackupConfiguration configuration;
    private final Clock clock;

    ProgressNotes(Catalogue catalogue, BackupConfiguration configuration, Clock clock) {
        this.catalogue = catalogue;
        this.configuration = configuration;
        this.clock = clock;
    }

    Notes begin(Running running, int files, long bytesTotal) {
        return new Notes(running, files, bytesTotal);
    }

    final class Notes {
        private final Running running;
        private final int files;
        private final long bytesTotal;
        private long bytesDone;
        private Instant due;

        private Notes(Running running, int files, long bytesTotal) {
            this.running = running;
            this.files = files;
            this.bytesTotal = bytesTotal;
            this.due = clock.instant();
        }

        void add(long bytes) {
            bytesDone += bytes;
            var now = clock.instant();
            if (now.isAfter(due)) {
                due = now.plus(configuration.progressEvery());
                write(bytesTotal);
            }
        }

        /** What was read in the end is the total: files grow and vanish meanwhile. */
        void end() {
            write(bytesDone);
        }

        private void write(long total) {
            catalogue.progress(running, new Progress(files, bytesDone, total));
        }
    }
}
