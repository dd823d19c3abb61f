package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void isAskedOnce() {
        var once = new Once<>(asked::incrementAndGet);

        assertThat(once.get()).isEqualTo(1);
        assertThat(once.get()).isEqualTo(1);
    }

    @Test
    void isNotAskedAgainWhenNobodyAnswered() {
        var once = new Once<Integer>(() -> {
            asked.incrementAndGet();
            throw new ProblemException(ProblemType.UNAVAILABLE, "nobody answers");
        });

        assertThatThrownBy(once::get).hasMessage("nobody answers");
        assertThatThrownBy(once::get).hasMessage("nobody answers");
        assertThat(asked).hasValue(1);
    }
}
