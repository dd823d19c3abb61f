package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.fold.ParkedBot;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Who was parked at the cuts of snapshots. It is kept beside the content, so a damaged content leaves it readable. */
@Singleton
public final class ParkedAtCuts {
    private static final String STORED = "select parked from system_state_snapshots where id = ?";

    private final Transactions transactions;
    private final JsonFormat json;

    ParkedAtCuts(Transactions transactions, JsonFormat json) {
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Why a bot was not followed at the cut; empty when it was, or when the snapshot was taken before that was kept.
     *
     * @throws SnapshotCorruptException when it cannot be read
     */
    public Optional<ParkedBot> find(UUID snapshot, BotId bot) {
        var stored = stored(snapshot);
        try {
            return stored.isEmpty()
                    ? Optional.empty()
                    : json.read(stored.get(), Parked.class).find(bot);
        } catch (UnreadableRecordException e) {
            throw new SnapshotCorruptException(snapshot, "who was parked cannot be read: " + e.getMessage());
        }
    }

    private Optional<byte[]> stored(UUID snapshot) {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(STORED)) {
                statement.setObject(1, snapshot);
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }
}
