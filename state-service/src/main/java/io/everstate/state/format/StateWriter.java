package io.everstate.state.format;

import com.github.luben.zstd.ZstdCompressCtx;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.bot.Portfolio;
import io.everstate.contracts.wire.JsonFormat;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes states as {@link StoredState} reads them: from {@value #PLAIN} bytes on in a frame of zstd, which costs the service a tenth of what
 * PostgreSQL's own compression takes. The frame has a hash of its own, so that a damaged one is not taken for a state.
 */
public final class StateWriter implements AutoCloseable {
    private static final int PLAIN = 2_000;
    private static final int LEVEL = 1;

    private final ZstdCompressCtx frames = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final JsonFormat json;

    /** For any number of states, by one thread. */
    public StateWriter(JsonFormat json) {
        this.json = json;
    }

    /** What the column {@code state} has of it; with a cut the part behind that. */
    public byte[] state(BotState state, @Nullable TradesCut cut) {
        if (cut != null) {
            return CutFrame.of(cut.at(), frames.compress(json.write(behind(state, cut))));
        }
        var text = json.write(state);
        return text.length < PLAIN ? text : frames.compress(text);
    }

    /** What the column {@code older} has of it: the trades in front of the cut, at least one. */
    public byte[] older(BotState state, TradesCut cut) {
        var trades = state.portfolio().recentTrades();
        var lines = new ByteArrayOutputStream();
        trades.subList(0, trades.size() - cut.newest()).forEach(trade -> {
            if (lines.size() > 0) {
                lines.write('\n');
            }
            lines.writeBytes(json.write(trade));
        });
        return CutFrame.of(cut.at(), frames.compress(lines.toByteArray()));
    }

    private static BotState behind(BotState state, TradesCut cut) {
        var portfolio = state.portfolio();
        var trades = portfolio.recentTrades();
        return state.withPortfolio(new Portfolio(
                portfolio.symbols(),
                trades.subList(trades.size() - cut.newest(), trades.size()),
                portfolio.highestTotal()));
    }

    @Override
    public void close() {
        frames.close();
    }
}
