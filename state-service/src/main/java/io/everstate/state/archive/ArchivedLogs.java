package io.everstate.state.archive;

import io.everstate.state.log.EventLog;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.peer.SegmentArchive;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The logs of which something is archived. */
@Singleton
public final class ArchivedLogs {
    /** For one question. */
    public static final Duration DEADLINE = Duration.ofMinutes(10);

    private final SegmentArchive archive;
    private final EventLog log;
    private final PartitionLog live;

    ArchivedLogs(SegmentArchive archive, EventLog log, PartitionLog live) {
        this.archive = archive;
        this.log = log;
        this.live = live;
    }

    /** For one question: the archive may have any number of segments, and all that is read of it is read within 10 minutes from now. */
    public ArchiveReading begin() {
        return new ArchiveReading(archive, log, live, System.nanoTime() + DEADLINE.toNanos());
    }
}
