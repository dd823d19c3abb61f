package io.everstate.bot.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.everstate.bot.sample.SampleConfiguration;
import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HintBodiesTest {
    private final SteppingClock clock = new SteppingClock();
    private final HintBodies bodies = new HintBodies(
            SampleConfiguration.of(IngestConfiguration.class, Map.of("everstate.ingest.most-unknown", "1")), clock);

    @Test
    void aBodyIsReadToItsEnd() throws IOException {
        var pieces = new SequenceInputStream(text("a".repeat(10_000)), text("b"));

        assertThat(bodies.read(pieces, false)).hasSize(10_001).endsWith((byte) 'b');
    }

    @Test
    void whileAnUnknownSenderIsReadAnotherIsRefusedAndAKnownOneIsNot() throws IOException {
        var slow = new Waiting(() -> {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> bodies.read(text("more"), false))
                    .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));
            assertThat(bodies.read(text("good"), true)).isEqualTo("good".getBytes(UTF_8));
        });

        bodies.read(slow, false);

        assertThat(bodies.read(text("next"), false)).isEqualTo("next".getBytes(UTF_8));
    }

    @Test
    void whoSendsTooSlowlyIsReadNoFurtherAndHoldsNoPlace() throws IOException {
        var trickle = new SequenceInputStream(new Waiting(() -> clock.advance(Duration.ofMillis(5_001))), text("end"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bodies.read(trickle, false))
                .withMessageContaining("PT5S");

        assertThat(bodies.read(text("next"), false)).isEqualTo("next".getBytes(UTF_8));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private interface Meanwhile {
        void happens() throws IOException;
    }

    /** One byte, and something happens before it comes. */
    private static final class Waiting extends InputStream {
        private final Meanwhile meanwhile;
        private boolean over;

        Waiting(Meanwhile meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("bodies are read by pieces");
        }

        @Override
        public int read(byte[] piece, int offset, int length) throws IOException {
            if (over) {
                return -1;
            }
            over = true;
            meanwhile.happens();
            piece[offset] = 'w';
            return 1;
        }
    }
}
