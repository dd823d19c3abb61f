package io.everstate.state.snapshot.store;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import io.everstate.state.content.BotSearch;
import io.everstate.state.content.ContentFormat;
import io.everstate.state.content.Frame;
import io.everstate.state.content.FrameLines;
import io.everstate.state.content.Head;
import io.everstate.state.content.SnapshotContent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How far bots were at the cut of a snapshot. Asked in the order of the bots' ids it reads no frame of the chain twice. */
public final class ChainSequences implements ToLongFunction<BotId> {
    private final SnapshotContents contents;
    private final JsonFormat json;
    private final List<Link> chain;

    /** @param chain a snapshot, what it builds on, and so on; empty knows of no bot */
    public ChainSequences(SnapshotContents contents, JsonFormat json, List<Snapshot> chain) {
        this.contents = contents;
        this.json = json;
        this.chain = chain.stream().map(Link::new).toList();
    }

    /**
     * The bot's sequence; 0 when it did not exist.
     *
     * @throws SnapshotCorruptException when a snapshot of the chain is damaged where it was read
     */
    @Override
    public long applyAsLong(BotId bot) {
        for (var link : chain) {
            var sequence = link.sequence(bot);
            if (sequence.isPresent()) {
                return sequence.get();
            }
        }
        return 0;
    }

    private final class Link {
        private final Snapshot snapshot;
        private @Nullable SnapshotContent content;
        private @Nullable Frame frame;
        private @Nullable FrameLines lines;

        Link(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        Optional<Long> sequence(BotId bot) {
            try {
                var described = content == null ? contents.describe(snapshot) : content;
                content = described;
                return described.format() == ContentFormat.GZIP ? searched(bot) : inFrame(described, bot);
            } catch (IOException | UnreadableRecordException e) {
                throw new SnapshotCorruptException(snapshot.id(), "it cannot be read: " + e.getMessage());
            }
        }

        private Optional<Long> searched(BotId bot) throws IOException {
            try (var stored = contents.read(snapshot)) {
                return new BotSearch(bot, json).inAll(stored).map(state -> state.sequence());
            }
        }

        private Optional<Long> inFrame(SnapshotContent described, BotId bot) throws IOException {
            var holding = described.frames().holding(bot).orElse(null);
            if (holding == null) {
                return Optional.empty();
            }
            if (lines == null || !holding.equals(frame)) {
                frame = holding;
                lines = new FrameLines(contents.read(snapshot, holding));
            }
            return lines.head(bot).map(Head::sequence);
        }
    }
}
