package io.everstate.state.restore.point;

import java.time.Instant;
import java.util.UUID;

/** To what bots go back. */
public sealed interface Target {
    /** Each as it was at the cut of a snapshot. */
    record OfSnapshot(UUID id) implements Target {}

    /** Each as it was then. */
    record AtTime(Instant time) implements Target {}

    /** One bot as it was after its event of this number. */
    record AfterEvent(long sequence) implements Target {}
}
