package io.everstate.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PiecewiseInputStreamTest {
    private static final int PIECE = 100;

    private final byte[] content = new byte[1_050];
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final Reused reused = new Reused();

    PiecewiseInputStreamTest() {
        new Random(3).nextBytes(content);
    }

    private byte[] piece(long offset, int length) {
        asked.add(offset);
        return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
    }

    /** Arrays that are longer than a piece, and written over as soon as they are given back. */
    private final class Reused implements PiecewiseInputStream.Pieces {
        private final List<byte[]> given = new CopyOnWriteArrayList<>();

        @Override
        public byte[] read(long offset, int length) {
            return Arrays.copyOf(piece(offset, length), 2 * PIECE);
        }

        @Override
        public void consumed(byte[] piece) {
            if (piece.length > 0) {
                given.add(piece);
                Arrays.fill(piece, (byte) 0);
            }
        }
    }

    @Test
    void givesAllPiecesInTheirOrder() throws IOException {
        try (var stream = new PiecewiseInputStream(content.length, PIECE, reused)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }

        assertThat(asked).hasSize(11).isSorted();
    }

    @Test
    void asksForOnePieceAheadAndForNoMore() throws IOException {
        try (var stream = new PiecewiseInputStream(content.length, PIECE, reused)) {
            stream.readNBytes(PIECE);

            await().untilAsserted(() -> assertThat(asked).containsExactly(0L, 100L));
            stream.readNBytes(PIECE);
            await().untilAsserted(() -> assertThat(asked).containsExactly(0L, 100L, 200L));
        }
    }

    @Test
    void throwsWhatAPieceMetOnlyWhenThatPieceIsReached() throws IOException {
        var away = new StoreUnavailableException("away", null);

        try (var stream = new PiecewiseInputStream(content.length, PIECE, failingBehindTheFirst(away))) {
            assertThat(stream.readNBytes(PIECE)).isEqualTo(Arrays.copyOf(content, PIECE));
            assertThatThrownBy(stream::read).isSameAs(away);
        }
    }

    private PiecewiseInputStream.Pieces failingBehindTheFirst(RuntimeException failure) {
        return new PiecewiseInputStream.Pieces() {
            @Override
            public byte[] read(long offset, int length) {
                if (offset > 0) {
                    throw failure;
                }
                return piece(offset, length);
            }

            @Override
            public void consumed(byte[] piece) {
                reused.consumed(piece);
            }
        };
    }

    @Test
    void givesEachArrayBackOnceThatItWasGiven() throws IOException {
        try (var stream = new PiecewiseInputStream(content.length, PIECE, reused)) {
            stream.readAllBytes();
        }

        var different = Collections.newSetFromMap(new IdentityHashMap<>());
        different.addAll(reused.given);
        assertThat(reused.given).hasSize(11).hasSameSizeAs(different);
    }

    @Test
    void givesAnArrayBackOnceThoughTheNextPieceFailed() throws IOException {
        try (var stream = new PiecewiseInputStream(
                content.length, PIECE, failingBehindTheFirst(new StoreUnavailableException("away", null)))) {
            stream.readNBytes(PIECE);

            assertThatThrownBy(stream::read).isInstanceOf(StoreUnavailableException.class);
        }

        assertThat(reused.given).hasSize(1);
    }
}
