package io.everstate.backup.watch;

import io.everstate.contracts.backup.ProtectionView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a workspace's newest verified FULL is too old. What was too old is so until one is clearly younger: one that is read back just before the
 * limit would else be told of twice each time.
 *
 * @param tooOldAfter null = its age is not judged
 */
record Protection(@Nullable Duration tooOldAfter) {
    private static final long PARTS = 10;
    private static final long CLEARLY_YOUNGER = 9;

    /**
     * @param before as it was told last
     * @param full when the newest verified FULL was taken
     */
    State judge(State before, Optional<Instant> full, Instant now) {
        return full.map(at -> isOld(before, Duration.between(at, now)) ? State.OLD : State.OK)
                .orElse(State.NONE);
    }

    /** @param since when it was first looked at, or was well last: only so long there may be none */
    boolean tooLongWithout(Instant since, Instant now) {
        return tooOldAfter != null && Duration.between(since, now).compareTo(tooOldAfter) > 0;
    }

    long seconds() {
        return tooOldAfter == null ? 0 : tooOldAfter.toSeconds();
    }

    private boolean isOld(State before, Duration age) {
        if (tooOldAfter == null) {
            return false;
        }
        var limit = before == State.OK
                ? tooOldAfter
                : tooOldAfter.multipliedBy(CLEARLY_YOUNGER).dividedBy(PARTS);
        return age.compareTo(limit) > 0;
    }
}
