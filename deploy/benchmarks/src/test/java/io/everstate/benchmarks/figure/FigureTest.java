package io.everstate.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void showsMedianSpreadAndGoalInOneLine() {
        var figure = new Figure("start-up", "s", List.of(13.0, 11.8, 12.3, 12.9, 12.0), Goal.atMost(15));

        assertThat(figure.line()).isEqualTo("figure start-up 12.3 s spread 11.8..13.0 goal <=15.0 ok");
    }

    @Test
    void isShortWhenTheMedianMissesTheGoal() {
        var figure = new Figure("memory", "MB", List.of(1_500.0, 1_700.0, 1_800.0), Goal.atMost(1_600));

        assertThat(figure.reached()).isFalse();
        assertThat(figure.line()).endsWith("goal <=1600.0 short");
    }

    @Test
    void canBeWantedGreat() {
        var figure = new Figure("events", "1/s", List.of(19_000.0), Goal.atLeast(20_000));

        assertThat(figure.line()).isEqualTo("figure events 19000.0 1/s spread 19000.0..19000.0 goal >=20000.0 short");
    }

    @Test
    void showsOfASmallNumberOnWhichItFails() {
        var figure = new Figure("share", "", List.of(0.744), Goal.atLeast(0.75));

        assertThat(figure.line()).isEqualTo("figure share 0.74  spread 0.74..0.74 goal >=0.75 short");
    }

    /** Else what has no goal would look like one that was reached. */
    @Test
    void isOnlyToldWhereNothingIsWantedOfIt() {
        var figure = new Figure("beside", "ms", List.of(660.0), Goal.none());

        assertThat(figure.reached()).isTrue();
        assertThat(figure.line()).isEqualTo("figure beside 660.0 ms spread 660.0..660.0 goal none told");
    }

    @Test
    void takesTheMiddleOfTwoRounds() {
        assertThat(new Figure("a", "s", List.of(1.0, 2.0), Goal.atMost(3)).median())
                .isEqualTo(1.5);
    }

    @Test
    void countsPercentilesByRank() {
        var samples = IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList();

        assertThat(Percentile.of(99, samples)).isEqualTo(198);
        assertThat(Percentile.of(50, samples)).isEqualTo(100);
        assertThat(Percentile.of(99, List.of(7.0))).isEqualTo(7);
    }
}
