package io.everstate.state.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.contracts.wire.UnreadableRecordException;
import java.util.Arrays;

/**
 * A bot's state as a column has it: its JSON, and from {@value #PLAIN} bytes on a frame of zstd around it, which costs the service a tenth of
 * what PostgreSQL's own compression takes. The frame has a hash of its own, so that a damaged one is not taken for a state.
 */
public final class StoredState implements AutoCloseable {
    /** In which it is written: 1 was JSON alone, and is still read. */
    public static final int VERSION = 2;

    private static final int PLAIN = 2_000;
    private static final int LEVEL = 1;
    /** With these a frame of zstd begins, and no JSON text. */
    private static final byte[] MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private final ZstdCompressCtx frames = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final JsonFormat json;

    /** For any number of states, by one thread. */
    public StoredState(JsonFormat json) {
        this.json = json;
    }

    public byte[] of(BotState state) {
        var text = json.write(state);
        return text.length < PLAIN ? text : frames.compress(text);
    }

    /** @throws UnreadableRecordException when it is none */
    public static BotState read(JsonFormat json, byte[] stored) {
        return json.read(text(stored), BotState.class);
    }

    /**
     * The JSON.
     *
     * @throws UnreadableRecordException when the frame is damaged
     */
    public static byte[] text(byte[] stored) {
        if (stored.length < MAGIC.length || Arrays.mismatch(stored, MAGIC) < MAGIC.length) {
            return stored;
        }
        try {
            long size = Zstd.getFrameContentSize(stored);
            return Zstd.decompress(stored, Math.toIntExact(size));
        } catch (ZstdException | IllegalArgumentException | ArithmeticException | NegativeArraySizeException e) {
            throw new UnreadableRecordException("a stored state is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        frames.close();
    }
}
