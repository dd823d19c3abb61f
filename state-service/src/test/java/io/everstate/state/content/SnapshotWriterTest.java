package io.everstate.state.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.bot.BotId;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnapshotWriterTest {
    private static final byte[] LINE = "{\"id\":1}".getBytes(StandardCharsets.US_ASCII);
    private static final int BOTS = 9;

    private static void write(SnapshotWriter writer) throws IOException {
        for (int bot = 1; bot <= BOTS; bot++) {
            writer.write(new BotId(new UUID(0, bot)), LINE);
        }
    }

    @Test
    void writesFramesInTheirOrderWhoeverIsCompressedWhen() throws IOException {
        var target = new ByteArrayOutputStream();
        try (var writer = new SnapshotWriter(target, 1)) {
            write(writer);

            var content = writer.finish();

            assertThat(content.bots()).isEqualTo(BOTS);
            assertThat(content.frames().broken(target.size())).isEmpty();
            assertThat(content.frames().frames())
                    .hasSize(BOTS)
                    .allSatisfy(frame -> assertThat(frame.holds(Arrays.copyOfRange(
                                    target.toByteArray(), (int) frame.offset(), (int) frame.offset() + frame.length())))
                            .isTrue());
            assertThat(content.frames().frames().getLast().first()).isEqualTo(new BotId(new UUID(0, BOTS)));
        }
    }

    @Test
    void aTargetThatTakesNothingMoreIsSaidBeforeTheContentIsEnded() throws IOException {
        var full = new FilterOutputStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] some) throws IOException {
                throw new IOException("no space left");
            }
        };
        try (var writer = new SnapshotWriter(full, 1)) {
            assertThatThrownBy(() -> {
                        write(writer);
                        writer.finish();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space left");
        }
    }

    @Test
    void canBeGivenUpWhileAFrameIsBeingCompressed() throws IOException {
        var target = new ByteArrayOutputStream();
        try (var writer = new SnapshotWriter(target, 1)) {
            writer.write(new BotId(new UUID(0, 1)), LINE);
        }

        assertThat(target.size()).isZero();
    }
}
