package io.everstate.backup.backup;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.everstate.contracts.view.SnapshotView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** How the content of a snapshot is stored, by the number of its format; unpacked it is one bot's state as JSON a line. */
enum StateFormat {
    GZIP(1, "state.ndjson.gz"),
    ZSTD(2, "state.ndjson.zst");

    private final int version;
    private final String file;

    StateFormat(int version, String file) {
        this.version = version;
        this.file = file;
    }

    /** @throws IOException when this service cannot unpack it, and so cannot say that it is whole */
    static StateFormat of(SnapshotView snapshot) throws IOException {
        return Arrays.stream(values())
                .filter(format -> format.version == snapshot.formatVersion())
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "the snapshot's content has format " + snapshot.formatVersion() + ", which is unknown here"));
    }

    /** Its name in an archive. */
    String file() {
        return file;
    }

    InputStream unpacked(InputStream content) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(content);
            case ZSTD -> new ZstdInputStreamNoFinalizer(content);
        };
    }
}
