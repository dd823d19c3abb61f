package io.everstate.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThreadedOutputStreamTest {
    private static final int FAR_MORE_THAN_WAIT = 1_000;

    @Test
    void passesOnWhatIsWrittenInItsOrderAndClosesItsTarget() throws IOException {
        var content = new byte[1 << 20];
        new Random(5).nextBytes(content);
        var target = new Closing();

        try (var stream = new ThreadedOutputStream(target)) {
            stream.write(content[0]);
            var buffer = new byte[999];
            for (var from = 1; from < content.length; from += buffer.length) {
                var length = Math.min(buffer.length, content.length - from);
                System.arraycopy(content, from, buffer, 0, length);
                stream.write(buffer, 0, length);
            }
        }

        assertThat(target.toByteArray()).isEqualTo(content);
        assertThat(target.closed).isTrue();
    }

    @Test
    void throwsWhatItsTargetThrowsAndDoesNotWaitForRoomAfterwards() {
        var failure = new UncheckedIOException(new IOException("the storage is away"));
        var stream = new ThreadedOutputStream(new Failing(failure));

        assertThatThrownBy(() -> writeMuch(stream)).isSameAs(failure);
        assertThatIOException().isThrownBy(() -> writeMuch(stream)).isNotSameAs(failure);
        assertThatIOException().isThrownBy(stream::close).isNotSameAs(failure);
    }

    @Test
    void throwsAtTheCloseWhatItsTargetThrewAtTheLastWrite() throws IOException {
        var failure = new UncheckedIOException(new IOException("the storage is away"));
        var stream = new ThreadedOutputStream(new Failing(failure));
        stream.write(new byte[0]);

        assertThatThrownBy(() -> {
                    try (stream) {
                        stream.write(1);
                    }
                })
                .isSameAs(failure);
    }

    private static void writeMuch(OutputStream stream) throws IOException {
        for (var time = 0; time < FAR_MORE_THAN_WAIT; time++) {
            stream.write(new byte[10]);
        }
    }

    private static final class Closing extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Failing extends OutputStream {
        private final RuntimeException failure;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void write(int b) {
            throw failure;
        }

        @Override
        public void close() {
            throw failure;
        }
    }
}
