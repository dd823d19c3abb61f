package io.everstate.recovery.event;

import io.everstate.contracts.recovery.RecoveryEvent;
import java.util.List;
import java.util.UUID;

/** Facts that Kafka does not have yet. */
public interface EventOutbox {
    /** Joins the transaction of the fact itself: both are stored or none. */
    void add(RecoveryEvent event);

    /**
     * Whether this replica alone may publish until the transaction ends, which is the caller's. Two that publish at once would send each
     * event twice and mix their order up.
     */
    boolean claim();

    /** The oldest that are waiting, in the order of {@link #add}. */
    List<Waiting> oldest(int max);

    /** Kafka has acknowledged it. */
    void published(UUID id);

    /** @param id the same at each try, so that a reader can tell a repetition */
    record Waiting(UUID id, RecoveryEvent event) {}
}
