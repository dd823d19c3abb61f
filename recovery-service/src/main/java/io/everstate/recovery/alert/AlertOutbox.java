package io.everstate.recovery.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every alert that was ever raised, and what became of it. */
public interface AlertOutbox {
    /** Joins the transaction of the fact; an alert whose source event is known already is left out. */
    void add(Alert alert);

    /**
     * Takes the waiting alert that is due the longest and hides it from other replicas.
     *
     * @param hiddenUntil when it is due again if the taker dies before it says what became of it
     */
    Optional<Taken> take(Instant now, Instant hiddenUntil);

    void update(UUID id, Delivery delivery);

    /**
     * The newest first.
     *
     * @param before only older ones than this id; null for the newest
     */
    List<Kept> newest(int max, @Nullable UUID before);

    long waiting();

    /** @param attempts before this one */
    record Taken(Alert alert, int attempts) {}

    record Kept(Alert alert, Delivery delivery) {}
}
