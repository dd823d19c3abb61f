package io.everstate.state.restore.part;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.view.SnapshotView;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Transactions;
import io.everstate.state.snapshot.SnapshotService;
import io.everstate.state.snapshot.store.SnapshotCorruptException;
import io.everstate.state.snapshot.store.SnapshotKind;
import io.everstate.state.snapshot.store.SnapshotPurpose;
import io.everstate.state.snapshot.store.SnapshotStates;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Snapshots of what bots are before they are taken back. */
@Singleton
public final class WayBacks {
    private static final String SEQUENCES = "select id, sequence from bots where id = any(?)";

    private final SnapshotService snapshots;
    private final SnapshotStates states;
    private final Transactions transactions;
    private final JsonFormat json;

    WayBacks(SnapshotService snapshots, SnapshotStates states, Transactions transactions, JsonFormat json) {
        this.snapshots = snapshots;
        this.states = states;
        this.transactions = transactions;
        this.json = json;
    }

    /** Takes one of all bots. What it would build on can be damaged, so it may have to stand alone. */
    public SnapshotView take(Fence fence) {
        var taken = snapshots.take(SnapshotKind.INCREMENTAL, SnapshotPurpose.WAY_BACK, fence);
        return taken.valid() ? taken : snapshots.take(SnapshotKind.FULL, SnapshotPurpose.WAY_BACK, fence);
    }

    /** The numbers of the newest events that are folded of these bots. */
    public Map<BotId, Long> sequences(Collection<BotId> bots) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(SEQUENCES)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "uuid", bots.stream().map(BotId::value).toArray(UUID[]::new)));
                var found = new HashMap<BotId, Long>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(new BotId(rows.getObject(1, UUID.class)), rows.getLong(2));
                    }
                }
                return found;
            }
        });
    }

    /** Whether a bot has what it has in the snapshot. */
    public boolean holds(UUID snapshot, BotState present) {
        try {
            return states.inChain(snapshot, present.id())
                    .map(this::hash)
                    .filter(hash(present)::equals)
                    .isPresent();
        } catch (SnapshotCorruptException e) {
            return false;
        }
    }

    private String hash(BotState bot) {
        return Holdings.of(bot, json).hash();
    }
}
