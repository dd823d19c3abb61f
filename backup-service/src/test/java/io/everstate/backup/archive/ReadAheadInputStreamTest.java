package io.everstate.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadInputStreamTest {
    private static final int BLOCK = ReadAheadInputStream.BLOCK;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 20 * BLOCK + 7})
    void givesAllThatTheSourceHas(int size) throws IOException {
        var content = new byte[size];
        new Random(11).nextBytes(content);

        try (var ahead = new ReadAheadInputStream(new ByteArrayInputStream(content))) {
            assertThat(ahead.readAllBytes()).isEqualTo(content);
            assertThat(ahead.read()).isEqualTo(-1);
        }
    }

    @Test
    void throwsWhatTheSourceThrowsAfterAllThatItGave() throws IOException {
        var given = new byte[BLOCK + 5];
        var source = new SequenceInputStream(new ByteArrayInputStream(given), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("damaged here");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("damaged here");
            }
        });

        try (var ahead = new ReadAheadInputStream(source)) {
            assertThat(ahead.readNBytes(given.length)).isEqualTo(given);
            assertThatThrownBy(ahead::read).isInstanceOf(IOException.class).hasMessage("damaged here");
        }
    }

    /** A few stored bytes can unpack to gigabytes; and who closes it reads the rest of the source himself. */
    @Test
    void readsAFewBlocksAheadAndNothingAfterItIsClosed() throws IOException {
        var read = new AtomicLong();
        var endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };

        var ahead = new ReadAheadInputStream(endless);
        ahead.readNBytes(BLOCK);
        ahead.close();
        var untilClosed = read.get();

        assertThat(untilClosed).isLessThanOrEqualTo((ReadAheadInputStream.AHEAD + 3L) * BLOCK);
        endless.readNBytes(10);
        assertThat(read.get()).isEqualTo(untilClosed + 10);
    }
}
