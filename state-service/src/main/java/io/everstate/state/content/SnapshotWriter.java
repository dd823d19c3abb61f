package io.everstate.state.content;

import io.everstate.contracts.bot.BotState;
import io.everstate.contracts.wire.JsonFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes a content of format {@value #FORMAT_VERSION}: gzip, one bot's state as JSON a line. In constant memory. */
public final class SnapshotWriter implements AutoCloseable {
    public static final int FORMAT_VERSION = 1;

    private static final int BUFFER = 64 * 1024;

    private final JsonFormat json;
    private final CountedStream counted;
    private final DigestOutputStream hashed;
    private final GZIPOutputStream lines;
    private long bots;

    public SnapshotWriter(OutputStream target, JsonFormat json) throws IOException {
        this.json = json;
        this.counted = new CountedStream(target);
        this.hashed = new DigestOutputStream(counted, Sha256.begin());
        this.lines = new GZIPOutputStream(hashed, BUFFER);
    }

    public void write(BotState bot) throws IOException {
        lines.write(json.write(bot));
        lines.write('\n');
        bots++;
    }

    /** Ends the content. Nothing can be written behind it. */
    public SnapshotContent finish() throws IOException {
        lines.close();
        return new SnapshotContent(
                bots,
                counted.bytes,
                HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static final class CountedStream extends OutputStream {
        private final OutputStream target;
        private long bytes;

        CountedStream(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            target.write(buffer, offset, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
