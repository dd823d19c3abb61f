package io.everstate.state.restore;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.state.lease.Fence;
import io.everstate.state.restore.part.WayBacks;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of what bots are before a restore changes them. What a bot did after it was taken is not in it: then it is no way back for that
 * bot any more, and another one has to be taken.
 */
final class WayBack {
    private static final Logger LOG = Logger.getLogger(WayBack.class);

    private final WayBacks wayBacks;
    private final Fence fence;
    private @Nullable UUID snapshot;
    /** Up to which event of each bot it certainly reaches: less where nobody looked. */
    private Map<BotId, Long> reaches = Map.of();

    /** @param snapshot that an attempt before this one took; null when there is none */
    WayBack(WayBacks wayBacks, Fence fence, @Nullable UUID snapshot) {
        this.wayBacks = wayBacks;
        this.fence = fence;
        this.snapshot = snapshot;
    }

    @Nullable
    UUID snapshot() {
        return snapshot;
    }

    /** Whether it has the bot as it is now. */
    boolean holds(BotState present) {
        if (snapshot == null) {
            return false;
        }
        var reached = reaches.get(present.id());
        return (reached != null && reached == present.sequence()) || wayBacks.holds(snapshot, present);
    }

    /**
     * Takes one that has these bots as they are now.
     *
     * @return why there is none, as a sentence; null when there is one
     * @throws ProblemException when a later attempt can
     */
    @Nullable
    String take(Collection<BotId> bots) {
        var sequences = wayBacks.sequences(bots);
        SnapshotView taken;
        try {
            taken = wayBacks.take(fence);
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("no way back could be made", e);
            return "no snapshot could be taken that would be the way back (%s)".formatted(e);
        }
        if (!taken.valid()) {
            return "the snapshot %s that would be the way back did not verify".formatted(taken.id());
        }
        snapshot = taken.id();
        reaches = sequences;
        return null;
    }
}
