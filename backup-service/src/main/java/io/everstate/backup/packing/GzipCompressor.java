package io.everstate.backup.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** gzip (RFC 1952) in members, which any {@code gunzip} reads as one file. */
final class GzipCompressor implements Compressor {
    static final String SUFFIX = "gz";

    /** Of its compressor; more would only be said to be better. */
    static final int HIGHEST_LEVEL = 9;

    private final GzipParameters parameters = new GzipParameters();
    private final Executor workers;
    private final int ahead;

    /** @param ahead how many members of 1 MiB at most wait for the target */
    GzipCompressor(int level, Executor workers, int ahead) {
        parameters.setCompressionLevel(Math.min(level, HIGHEST_LEVEL));
        parameters.setBufferSize(1 << 16);
        this.workers = workers;
        this.ahead = ahead;
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public OutputStream compress(OutputStream target) {
        return new GzipMembersOutputStream(target, parameters, workers, ahead);
    }

    @Override
    public Pieces salvage(InputStream compressed) {
        return new GzipPieces(compressed);
    }

    @Override
    public InputStream decompress(InputStream compressed) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(compressed)
                .setDecompressConcatenated(true)
                .get();
    }
}
