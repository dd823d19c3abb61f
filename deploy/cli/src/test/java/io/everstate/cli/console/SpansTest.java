package io.everstate.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT59.9S, 59 s",
        "PT1M, 1 min 0 s",
        "PT3H5S, 3 h 0 min 5 s",
        "PT50H, 2 d 2 h 0 min 0 s",
    })
    void saysForPeopleHowLong(Duration duration, String words) {
        assertThat(Spans.of(duration)).isEqualTo(words);
    }
}
