package io.everstate.backup.restore;

import io.everstate.backup.store.WatchedInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How much of the archives that a restore needs was read, written down not more often than configured. Belongs to one thread. */
final class ReadProgress {
    private final Note note;
    private final Duration every;
    private final InstantSource clock;
    private long bytesDone;
    private long bytesTotal;
    private Instant due = Instant.MIN;

    /** Takes how far it is. */
    @FunctionalInterface
    interface Note {
        void write(long bytesDone, long bytesTotal);
    }

    ReadProgress(Note note, Duration every, InstantSource clock) {
        this.note = note;
        this.every = every;
        this.clock = clock;
    }

    /** That so much more is going to be read. */
    void expect(long bytes) {
        bytesTotal += bytes;
        write();
    }

    /** @param archive as it is stored */
    InputStream over(InputStream archive) {
        return new WatchedInputStream(archive, this::passed);
    }

    private void passed(long bytes) {
        bytesDone += bytes;
        if (bytesDone == bytesTotal || !clock.instant().isBefore(due)) {
            write();
        }
    }

    private void write() {
        due = clock.instant().plus(every);
        note.write(bytesDone, bytesTotal);
    }
}
