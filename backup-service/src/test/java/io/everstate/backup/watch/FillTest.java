package io.everstate.backup.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillTest {
    private static final List<Integer> THRESHOLDS = List.of(95, 80, 90);

    @ParameterizedTest(name = "{0} % after {1} is {2}")
    @CsvSource({
        "79, 0, 0",
        "80, 0, 80",
        "89, 0, 80",
        "90, 80, 90",
        "95, 90, 95",
        "130, 0, 95",
        "76, 80, 80",
        "75, 80, 80",
        "74, 80, 0",
        "91, 95, 95",
        "89, 95, 90",
        "84, 90, 80",
        "10, 95, 0"
    })
    void reachesAThresholdAndLeavesItFivePointsBelow(long used, int told, int level) {
        assertThat(new Fill(used, 100).level(told, THRESHOLDS)).isEqualTo(level);
    }

    @Test
    void forecastsByTheGrowthOfADay() {
        var growth = Fill.perDay(70, Duration.ofDays(7));

        assertThat(growth).isEqualTo(10);
        assertThat(new Fill(60, 100).until(growth))
                .hasValueSatisfying(days -> assertThat(days).isEqualTo(4, within(1e-9)));
        assertThat(new Fill(101, 100).until(growth)).contains(0.0);
    }

    @Test
    void forecastsNothingWhereNothingGrows() {
        assertThat(new Fill(60, 100).until(0)).isEmpty();
        assertThat(new Fill(60, 100).until(-5)).isEmpty();
    }
}
