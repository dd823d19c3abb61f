package io.everstate.cli.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesFromOneSecondToThirty() {
        var delays = IntStream.range(0, 8).mapToObj(Backoff.standard()::delay).toList();

        assertThat(delays).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void staysAtTheLongestDelayHoweverOftenTheProcessEnds() {
        assertThat(Backoff.standard().delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void leavesTheOthersTheirTimeAndStillGrowsBeyondIt() {
        var backoff = Backoff.standard().atLeast(Duration.ofSeconds(10));

        var delays = IntStream.range(0, 6).mapToObj(backoff::delay).toList();

        assertThat(delays).extracting(Duration::toSeconds).containsExactly(10L, 10L, 10L, 10L, 16L, 30L);
    }
}
