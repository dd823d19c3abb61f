package io.everstate.bot.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.everstate.bot.sample.SteppingClock;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatientBodyTest {
    private static final byte[] CONTENT = {1, -1, 3};

    private final SteppingClock clock = new SteppingClock();
    private final AtomicInteger late = new AtomicInteger();

    @Test
    void isReadAsItCame() throws IOException {
        var body = of(new ByteArrayInputStream(CONTENT));

        assertThat(body.read()).isEqualTo(1);
        assertThat(body.read()).isEqualTo(255);
        assertThat(body.readNBytes(5)).containsExactly(3);
        assertThat(body.read()).isEqualTo(-1);
        assertThat(late).hasValue(0);
    }

    @Test
    void endsWhenItComesTooSlowly() {
        var body = of(new ByteArrayInputStream(CONTENT));
        body.read();
        clock.advance(Duration.ofSeconds(11));

        var refusal = catchThrowableOfType(ProblemException.class, body::read);

        assertThat(refusal.type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("PT10S");
        assertThat(late).hasValue(1);
    }

    @Test
    void saysWhenItWasCutOff() throws IOException {
        var closed = InputStream.nullInputStream();
        closed.close();
        var body = of(closed);

        var refusal = catchThrowableOfType(ProblemException.class, body::read);

        assertThat(refusal.type()).isEqualTo(ProblemType.INVALID);
    }

    private PatientBody of(InputStream body) {
        return new PatientBody(body, clock, Duration.ofSeconds(10), late::incrementAndGet);
    }
}
