package io.everstate.state.content;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** How a content is stored. Unpacked they are all the same: one bot's state as JSON a line. A number keeps its meaning for ever. */
public enum ContentFormat {
    /** One gzip stream, bots in any order. Not written any more. */
    GZIP(1, ".ndjson.gz", "application/gzip"),

    /**
     * Frames of zstd, one behind the other, which every zstd reader takes for one stream. The bots are in the order of their ids, so that one
     * of them is found with one frame; where the frames are is kept beside the content.
     */
    ZSTD_FRAMES(2, ".ndjson.zst", "application/zstd");

    private static final int BUFFER = 64 * 1024;

    private final int version;
    private final String suffix;
    private final String mediaType;

    ContentFormat(int version, String suffix, String mediaType) {
        this.version = version;
        this.suffix = suffix;
        this.mediaType = mediaType;
    }

    public static Optional<ContentFormat> of(int version) {
        return Arrays.stream(values())
                .filter(format -> format.version == version)
                .findFirst();
    }

    public int version() {
        return version;
    }

    /** Of a file that holds such a content. */
    public String suffix() {
        return suffix;
    }

    public String mediaType() {
        return mediaType;
    }

    /** The lines. What is damaged is an {@link IOException} when it is read. */
    public InputStream unpacked(InputStream stored) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(stored, BUFFER);
            case ZSTD_FRAMES -> new ZstdInputStreamNoFinalizer(stored);
        };
    }
}
