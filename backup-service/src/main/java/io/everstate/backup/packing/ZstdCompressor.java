package io.everstate.backup.packing;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One zstd frame (RFC 8878) with a check sum of its content. */
final class ZstdCompressor implements Compressor {
    static final String SUFFIX = "zst";

    /** 128 MiB, as {@code zstd -d} has it: a frame that wants more memory is refused. */
    private static final int LARGEST_WINDOW = 27;

    private final int level;
    private final int threads;

    ZstdCompressor(int level, int threads) {
        this.level = level;
        this.threads = threads;
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    /** Its memory is the library's own, and is free again when the stream is closed. */
    @Override
    public OutputStream compress(OutputStream target) throws IOException {
        return new ZstdOutputStreamNoFinalizer(target)
                .setLevel(level)
                .setWorkers(threads)
                .setChecksum(true);
    }

    /** A frame ends at its first damage: what follows is packed with what came before. */
    @Override
    public Pieces salvage(InputStream compressed) {
        try {
            return new StreamPieces(decompress(compressed));
        } catch (IOException e) {
            return new StreamPieces(InputStream.nullInputStream());
        }
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
        return new ZstdInputStreamNoFinalizer(compressed).setLongMax(LARGEST_WINDOW);
    }
}
