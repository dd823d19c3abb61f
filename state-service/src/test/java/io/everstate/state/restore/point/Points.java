package io.everstate.state.restore.point;

import io.everstate.contracts.log.PartitionFold;
import io.everstate.state.Owner;
import io.everstate.state.log.RecordMark;
import io.everstate.state.past.EarlierStates.EarlierState;
import io.everstate.state.past.Past.Found;
import java.util.List;
import java.util.UUID;

/** What a past would say of a bot. */
final class Points {
    static final UUID SNAPSHOT = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private Points() {}

    /** Folded from the beginning of the log up to that event. */
    static Found found(long sequence) {
        return found(sequence, EarlierState.BEGIN);
    }

    /** As it was kept in {@link #SNAPSHOT}. */
    static Found kept(long sequence) {
        var state = found(sequence).state();
        var place = new EarlierState(9, 1, state, null, new RecordMark(8, "a"), SNAPSHOT, List.of());
        return found(sequence, place);
    }

    private static Found found(long sequence, EarlierState from) {
        var owner = new Owner(1);
        var bot = Owner.newBot();
        var fold = new PartitionFold();
        List.of(owner.claim(), owner.created(bot), owner.started(bot)).forEach(fold::apply);
        for (int trade = 3; trade <= sequence; trade++) {
            fold.apply(owner.trade(bot, trade));
        }
        return new Found(fold.find(bot).orElseThrow(), from, null);
    }
}
