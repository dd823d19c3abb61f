package io.everstate.recovery.run;

import io.everstate.recovery.run.Run.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Disasters and the runs against them. Each method is one transaction, and what it announces is stored in the same one. Throws when the
 * store is away; then it is not known whether the change was made.
 */
interface RunStore {
    /**
     * Stores a disaster and its run, unless one of that type and subject is open, or its recovery failed a short time ago.
     *
     * @param failedSince a recovery that failed at or after this time forbids a new one
     * @return whether it was stored
     */
    boolean open(Running run, Announcement announcement, Instant failedSince);

    /**
     * Takes the most severe unfinished run, the oldest of equals; empty when there is none, or another replica holds it. Only one run is
     * worked on at a time: two would stop and start the same bots. Each claim makes the ones before invalid.
     *
     * @param expiry how long a holder may be silent before its run is taken over
     */
    Optional<Claim> claim(String owner, Instant now, Duration expiry);

    /**
     * Stores what became of a claimed run; also the holder's heartbeat.
     *
     * @throws LeaseLostException when the run was claimed again since; nothing is stored then
     */
    void save(Run run, long fence, Instant now, Announcement announcement);

    Optional<Run> find(UUID id);

    /**
     * The newest first.
     *
     * @param before only older ones than this id; null for the newest
     */
    List<Run> newest(int max, @Nullable UUID before);

    /** Disasters whose run has not ended. */
    List<Running> open();

    /**
     * @param fence above that of every earlier claim of this run
     * @param idle how long nobody had worked on it
     */
    record Claim(Running run, long fence, Duration idle) {}
}
