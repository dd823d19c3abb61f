package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.BotSearch;
import io.everstate.state.content.ContentFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Single bots' states in snapshots. */
@Singleton
public final class SnapshotStates {
    private final SnapshotRepository snapshots;
    private final SnapshotContents contents;
    private final JsonFormat json;

    SnapshotStates(SnapshotRepository snapshots, SnapshotContents contents, JsonFormat json) {
        this.snapshots = snapshots;
        this.contents = contents;
        this.json = json;
    }

    /**
     * The bot at the cut of this snapshot: from itself or from what it builds on, a frame of each.
     *
     * @return empty when the bot did not exist then
     * @throws SnapshotCorruptException when one of them is not known to be valid, is missing, or is damaged
     */
    public Optional<BotState> inChain(UUID snapshot, BotId bot) {
        var chain = snapshots.chain(snapshots.valid(snapshot));
        for (var link : chain) {
            var found = find(link.id(), bot);
            if (found.isPresent()) {
                return found;
            }
        }
        if (chain.getLast().base() != null) {
            throw new SnapshotCorruptException(snapshot, "what it builds on is not all there");
        }
        return Optional.empty();
    }

    /**
     * Reads one frame, whatever the size of the snapshot; all of one in format 1, which has no frames.
     *
     * @return empty when the bot is not in this snapshot; of an INCREMENTAL one that says nothing about its base
     * @throws SnapshotCorruptException when the snapshot is not known to be valid, or what was read is not what was written
     */
    public Optional<BotState> find(UUID snapshot, BotId bot) {
        var row = snapshots.valid(snapshot);
        var search = new BotSearch(bot, json);
        try {
            var described = contents.describe(row);
            if (described.format() == ContentFormat.GZIP) {
                try (var content = contents.read(row)) {
                    return search.inAll(content);
                }
            }
            var frame = described.frames().holding(bot);
            return frame.isEmpty() ? Optional.empty() : search.inFrame(contents.read(row, frame.get()));
        } catch (IOException | UnreadableRecordException e) {
            throw new SnapshotCorruptException(snapshot, "it cannot be read: " + e.getMessage());
        }
    }
}
