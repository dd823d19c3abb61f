package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PiecewiseInputStreamTest {
    private static final int PIECE = 100;

    private final byte[] content = new byte[1_050];
    private final List<Long> asked = new CopyOnWriteArrayList<>();

    PiecewiseInputStreamTest() {
        new Random(3).nextBytes(content);
    }

    private byte[] piece(long offset, int length) {
        asked.add(offset);
        return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
    }

    @Test
    void givesAllPiecesInTheirOrder() throws IOException {
        try (var stream = new PiecewiseInputStream(content.length, PIECE, this::piece)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }

        assertThat(asked).hasSize(11).isSorted();
    }

    @Test
    void asksForOnePieceAheadAndForNoMore() throws IOException {
        try (var stream = new PiecewiseInputStream(content.length, PIECE, this::piece)) {
            stream.readNBytes(PIECE);

            await().untilAsserted(() -> assertThat(asked).containsExactly(0L, 100L));
            stream.readNBytes(PIECE);
            await().untilAsserted(() -> assertThat(asked).containsExactly(0L, 100L, 200L));
        }
    }

    @Test
    void throwsWhatAPieceMetOnlyWhenThatPieceIsReached() throws IOException {
        var away = new StoreUnavailableException("away", null);

        try (var stream = new PiecewiseInputStream(content.length, PIECE, (offset, length) -> {
            if (offset > 0) {
                throw away;
            }
            return piece(offset, length);
        })) {
            assertThat(stream.readNBytes(PIECE)).isEqualTo(Arrays.copyOf(content, PIECE));
            assertThatThrownBy(stream::read).isSameAs(away);
        }
    }
}
