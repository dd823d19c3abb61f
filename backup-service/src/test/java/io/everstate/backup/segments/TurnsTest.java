package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1, Duration.ofMillis(1));

    @Test
    void whoeverComesWhileAllAreTakenIsSentAway() {
        var first = turns.read(() -> {
            assertThatThrownBy(() -> turns.read(() -> "second"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.type().retryable()).isTrue());
            return "first";
        });

        assertThat(first).isEqualTo("first");
    }

    @Test
    void aTurnEndsAlsoWhenTheReadingFails() {
        assertThatThrownBy(() -> turns.read(() -> {
                    throw new IllegalStateException("away");
                }))
                .hasMessage("away");

        assertThat(turns.read(() -> "next")).isEqualTo("next");
    }
}
