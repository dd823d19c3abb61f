package io.everstate.state.past;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.log.RecordMark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** States that were kept at earlier places in the log. */
public interface EarlierStates {
    /**
     * The latest place at which the bot was not too late, of those that are known; empty when there is none. Whether the log still has the
     * place is for who goes on from it to see.
     */
    Optional<EarlierState> latest(Wanted wanted);

    /**
     * What is looked for.
     *
     * @param partition of the bot
     * @param topicId of the log in which the place must be
     * @param takenBy what was kept last until then is likely to be it; null when nothing is known of that
     * @param lost snapshots that are no candidates: the log does not hold the record any more behind which they were taken
     * @param early whether a state is not too late
     */
    record Wanted(
            BotId bot,
            int partition,
            String topicId,
            @Nullable Instant takenBy,
            Set<UUID> lost,
            Predicate<BotState> early) {
        public Wanted {
            lost = Set.copyOf(lost);
        }

        /** The same, of what is known beside these. */
        Wanted without(Set<UUID> snapshots) {
            return new Wanted(bot, partition, topicId, takenBy, snapshots, early);
        }
    }

    /**
     * A bot at a place in the log. The place is one of the log that is there now only while that still has the record behind which it lies: a log
     * that lost its end and has grown again has other records at the same offsets.
     *
     * @param nextOffset in the bot's partition, of the first record that is not in it
     * @param epoch of the partition there
     * @param state null when there was no such bot yet
     * @param parked when it was parked where it was kept; null when it was followed
     * @param last the record that was folded last where it was kept; null at the beginning of the log
     * @param snapshot that kept it; null when it is the beginning of the log
     * @param passedOver later ones that could not be used, a sentence each
     */
    record EarlierState(
            long nextOffset,
            long epoch,
            @Nullable BotState state,
            @Nullable ParkedBot parked,
            @Nullable RecordMark last,
            @Nullable UUID snapshot,
            List<String> passedOver) {
        /** Where the log begins. */
        public static final EarlierState BEGIN = new EarlierState(0, 0, null, null, null, null, List.of());

        /** Where a bot was that was parked. This version may understand the record that was not understood: it begins at that one. */
        public EarlierState whereParked(@Nullable ParkedBot there) {
            if (there == null) {
                return this;
            }
            return there.isLost()
                    ? new EarlierState(nextOffset, epoch, state, there, last, snapshot, passedOver)
                    : new EarlierState(
                            there.parking().offset(), there.epoch(), state, there, last, snapshot, passedOver);
        }

        /** Why nothing of it counts from here on but a checkpoint; null where it is followed, or begins at the record that parked it. */
        @Nullable
        ParkedBot parkedOnwards() {
            return parked != null && parked.isLost() ? parked : null;
        }

        public EarlierState {
            if (nextOffset > 0 && (last == null || snapshot == null)) {
                throw new IllegalArgumentException("a place in the log by its offset alone: " + nextOffset);
            }
            passedOver = List.copyOf(passedOver);
        }
    }
}
