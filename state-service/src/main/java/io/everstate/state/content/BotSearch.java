package io.everstate.state.content;

import io.everstate.contracts.bot.BotId;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Looks for one bot's state in what is stored. */
public final class BotSearch {
    private final BotId bot;
    private final JsonFormat json;

    public BotSearch(BotId bot, JsonFormat json) {
        this.bot = bot;
        this.json = json;
    }

    /**
     * Reads few of the lines, for they are in the order of the bots' ids.
     *
     * @param stored one frame
     * @throws IOException when it cannot be unpacked
     */
    public Optional<BotState> inFrame(byte[] stored) throws IOException {
        return new FrameLines(stored).line(bot).map(this::state);
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
        return Head.of(line).id();
    }

    private BotState state(byte[] line) {
        return json.read(line, BotState.class);
    }
}
