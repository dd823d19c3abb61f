package io.everstate.state.mode;

import io.everstate.contracts.mode.ModeChanged;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The system's mode as it was heard of last. Thread-safe. */
@Singleton
public final class PresentMode {
    private volatile @Nullable ModeChanged newest;

    /** Empty while nobody has said anything. */
    public Optional<ModeChanged> find() {
        return Optional.ofNullable(newest);
    }

    public void is(ModeChanged change) {
        newest = change;
    }
}
