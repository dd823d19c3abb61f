package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of one frame, in the order of the bots' ids: few of them are read to find one. */
public final class FrameLines {
    private final List<byte[]> lines = new ArrayList<>();

    /** @throws IOException when the frame cannot be unpacked */
    public FrameLines(byte[] stored) throws IOException {
        try (var unpacked = ContentFormat.ZSTD_FRAMES.unpacked(new ByteArrayInputStream(stored))) {
            var source = new Lines(unpacked);
            for (var line = source.next(); line != null; line = source.next()) {
                lines.add(line);
            }
        }
    }

    Optional<byte[]> line(BotId bot) {
        int place = place(bot);
        return place < 0 ? Optional.empty() : Optional.of(lines.get(place));
    }

    public Optional<Head> head(BotId bot) {
        return line(bot).map(Head::of);
    }

    private int place(BotId bot) {
        int from = 0;
        int to = lines.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = Head.of(lines.get(middle)).id().compareTo(bot);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return -1;
    }
}
