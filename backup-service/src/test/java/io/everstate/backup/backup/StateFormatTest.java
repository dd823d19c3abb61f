package io.everstate.backup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.everstate.contracts.view.SnapshotView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    private static final String LINES = "{\"id\":\"first\"}\n{\"id\":\"second\"}\n";

    private static SnapshotView snapshot(int format) {
        return new SnapshotView(UUID.randomUUID(), "FULL", format, Instant.EPOCH, Map.of(), 2, 1, "", true, null, null);
    }

    private static String unpacked(int format, byte[] content) throws IOException {
        try (var lines = StateFormat.of(snapshot(format)).unpacked(new ByteArrayInputStream(content))) {
            return new String(lines.readAllBytes(), UTF_8);
        }
    }

    @Test
    void ofTheFirstVersionIsGzip() throws IOException {
        var content = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(content)) {
            gzip.write(LINES.getBytes(UTF_8));
        }

        assertThat(unpacked(1, content.toByteArray())).isEqualTo(LINES);
        assertThat(StateFormat.of(snapshot(1)).file()).isEqualTo("state.ndjson.gz");
    }

    @Test
    void ofTheSecondVersionIsZstdInAnyNumberOfFrames() throws IOException {
        var content = new ByteArrayOutputStream();
        content.write(Zstd.compress("{\"id\":\"first\"}\n".getBytes(UTF_8)));
        content.write(Zstd.compress("{\"id\":\"second\"}\n".getBytes(UTF_8)));

        assertThat(unpacked(2, content.toByteArray())).isEqualTo(LINES);
        assertThat(StateFormat.of(snapshot(2)).file()).isEqualTo("state.ndjson.zst");
    }

    @Test
    void thatIsUnknownCannotBeArchived() {
        assertThatThrownBy(() -> StateFormat.of(snapshot(3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 3, which is unknown here");
    }
}
