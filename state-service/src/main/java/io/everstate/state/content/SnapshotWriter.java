package io.everstate.state.content;

import com.github.luben.zstd.ZstdCompressCtx;
import io.everstate.contracts.bot.BotId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a content of {@link ContentFormat#ZSTD_FRAMES}. In constant memory: a frame is kept until it is full, and compressed while the next one
 * is filled.
 */
public final class SnapshotWriter implements AutoCloseable {
    public static final ContentFormat FORMAT = ContentFormat.ZSTD_FRAMES;

    /** Of lines in a frame. Smaller ones make one bot cheaper to find and the whole larger. */
    private static final int FRAME = 1024 * 1024;

    /** Of 1 to 22: what the next ones save of a state costs more time than it takes to store it. */
    private static final int LEVEL = 3;

    private static final BotId LOWEST = new BotId(new UUID(0, 0));

    private final OutputStream target;
    private final int frame;
    private final ZstdCompressCtx compression = new ZstdCompressCtx();
    private final MessageDigest whole = Sha256.begin();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final List<Frame> frames = new ArrayList<>();
    private @Nullable Compressed compressed;
    private @Nullable BotId first;
    private @Nullable BotId last;
    private long bots;
    private long bytes;

    public SnapshotWriter(OutputStream target) {
        this(target, FRAME);
    }

    /** @param frame so many bytes of lines end a frame */
    SnapshotWriter(OutputStream target, int frame) {
        this.target = target;
        this.frame = frame;
        compression.setLevel(LEVEL).setChecksum(true);
    }

    /**
     * @param bot comes behind all that were written, by its id
     * @param state as JSON in one line, without its end
     */
    public void write(BotId bot, byte[] state) throws IOException {
        if (last != null && last.compareTo(bot) >= 0) {
            throw new IllegalArgumentException("bot " + bot + " does not come behind " + last);
        }
        if (first == null) {
            first = bot;
        }
        last = bot;
        lines.write(state);
        lines.write('\n');
        bots++;
        if (lines.size() >= frame) {
            endFrame(first);
        }
    }

    /** @param first the bot with which it begins */
    private record Compressed(BotId first, CompletableFuture<byte[]> stored) {}

    private void endFrame(BotId firstOfIt) throws IOException {
        writeCompressed();
        var text = lines.toByteArray();
        compressed = new Compressed(firstOfIt, CompletableFuture.supplyAsync(() -> compression.compress(text)));
        lines.reset();
        first = null;
    }

    private void writeCompressed() throws IOException {
        var frameBefore = compressed;
        if (frameBefore == null) {
            return;
        }
        compressed = null;
        var stored = frameBefore.stored().join();
        target.write(stored);
        whole.update(stored);
        frames.add(new Frame(frameBefore.first(), bytes, stored.length, Sha256.of(stored)));
        bytes += stored.length;
    }

    /** Ends the content. Nothing can be written behind it. No bots are one empty frame, for no bytes at all are no zstd stream. */
    public SnapshotContent finish() throws IOException {
        if (first != null) {
            endFrame(first);
        } else if (bots == 0) {
            endFrame(LOWEST);
        }
        writeCompressed();
        target.flush();
        return new SnapshotContent(FORMAT, bots, bytes, Sha256.end(whole), new FrameIndex(frames));
    }

    @Override
    public void close() throws IOException {
        if (compressed != null) {
            compressed.stored().exceptionally(_ -> new byte[0]).join(); // it uses what is closed here
        }
        compression.close();
        target.close();
    }
}
