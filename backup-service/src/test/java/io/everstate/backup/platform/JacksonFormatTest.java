package io.everstate.backup.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.wire.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JacksonFormatTest {
    private record Sample(Instant at, Duration lasted, List<String> names) {}

    private static final Sample SAMPLE =
            new Sample(Instant.parse("2026-11-21T10:20:30.123456789Z"), Duration.ofSeconds(90), List.of("é", "\n"));

    private final JacksonFormat json = new JacksonFormat();

    @Test
    void writesTheSameBytesPieceByPiece() throws IOException {
        var target = new ByteArrayOutputStream();

        json.write(SAMPLE, target);

        assertThat(target.toByteArray()).isEqualTo(json.write(SAMPLE));
        assertThat(json.read(new ByteArrayInputStream(target.toByteArray()), Sample.class))
                .isEqualTo(SAMPLE);
    }

    /** A flush ends a piece of what compresses: other bytes. */
    @Test
    void neitherClosesNorFlushesTheTarget() throws IOException {
        var calls = new ArrayList<String>();
        var target = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                calls.add("flush");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };

        json.write(SAMPLE, target);

        assertThat(calls).isEmpty();
    }

    /** Who asks what failed, the storage or the workspace, looks at the type. */
    @Test
    void throwsWhatTheTargetThrows() {
        var failure = new IllegalStateException("the storage is away");
        var target = new OutputStream() {
            @Override
            public void write(int b) {
                throw failure;
            }
        };

        assertThatThrownBy(() -> json.write(new Sample(Instant.EPOCH, Duration.ZERO, longerThanABuffer()), target))
                .isSameAs(failure);
    }

    private static List<String> longerThanABuffer() {
        return List.of("x".repeat(100_000), "y".repeat(100_000));
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> json.read(new ByteArrayInputStream(new byte[] {'{'}), Sample.class))
                .isInstanceOf(UnreadableRecordException.class);
    }
}
