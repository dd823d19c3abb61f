package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for one bot's state in what is stored. */
public final class BotSearch {
    private final BotId bot;
    private final JsonFormat json;

    public BotSearch(BotId bot, JsonFormat json) {
        this.bot = bot;
        this.json = json;
    }

    /** What has to be read of a line to know whose it is. */
    private record Head(BotId id) {}

    /**
     * Reads few of the lines, for they are in the order of the bots' ids.
     *
     * @param stored one frame
     * @throws IOException when it cannot be unpacked
     */
    public Optional<BotState> inFrame(byte[] stored) throws IOException {
        var lines = lines(stored);
        int from = 0;
        int to = lines.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            int order = whose(lines.get(middle)).compareTo(bot);
            if (order == 0) {
                return Optional.of(state(lines.get(middle)));
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Optional.empty();
    }

    private static List<byte[]> lines(byte[] stored) throws IOException {
        try (var unpacked = ContentFormat.ZSTD_FRAMES.unpacked(new ByteArrayInputStream(stored))) {
            var lines = new Lines(unpacked);
            var all = new ArrayList<byte[]>();
            for (var line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
            return all;
        }
    }

    /**
     * Reads line by line until it comes, for nothing is known of their order.
     *
     * @param stored a whole content without frames
     * @throws IOException when it cannot be unpacked
     */
    public Optional<BotState> inAll(InputStream stored) throws IOException {
        try (var unpacked = ContentFormat.GZIP.unpacked(stored)) {
            var lines = new Lines(unpacked);
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (whose(line).equals(bot)) {
                    return Optional.of(state(line));
                }
            }
            return Optional.empty();
        }
    }

    private BotId whose(byte[] line) {
        return json.read(line, Head.class).id();
    }

    private BotState state(byte[] line) {
        return json.read(line, BotState.class);
    }
}
