package io.everstate.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemainingTest {

    private static final long MB = 1_000_000;

    private Duration since = Duration.ofDays(3);
    private final Remaining remaining = new Remaining(() -> since.toNanos());

    private String after(Duration time, long done) {
        since = since.plus(time);
        return remaining.of(done, 1000 * MB);
    }

    @Test
    void saysNothingOfTimeBeforeItHasSeenSomethingHappen() {
        assertThat(after(Duration.ZERO, 100 * MB)).isEqualTo("10 % of 1000.0 MB");
        assertThat(after(Duration.ofSeconds(5), 100 * MB)).isEqualTo("10 % of 1000.0 MB");
    }

    @Test
    void goesByHowFastItWasSinceTheFirstLook() {
        after(Duration.ZERO, 100 * MB);

        assertThat(after(Duration.ofSeconds(10), 200 * MB)).isEqualTo("20 % of 1000.0 MB, about 80 s left");
        assertThat(after(Duration.ofSeconds(10), 900 * MB)).isEqualTo("90 % of 1000.0 MB, about 2 s left");
        assertThat(after(Duration.ofSeconds(1), 1000 * MB)).isEqualTo("100 % of 1000.0 MB");
    }

    @Test
    void speaksOfMinutesAndHoursWhereSecondsAreTooFine() {
        after(Duration.ZERO, 0);

        assertThat(after(Duration.ofSeconds(100), 400 * MB)).endsWith("about 2 min left");
        assertThat(after(Duration.ofHours(2), 600 * MB)).endsWith("about 81 min left");
        assertThat(after(Duration.ofHours(9), 601 * MB)).endsWith("about 7 h 19 min left");
    }

    @Test
    void beginsAnewWhereTheWorkDoes() {
        after(Duration.ZERO, 500 * MB);
        after(Duration.ofSeconds(10), 600 * MB);

        assertThat(after(Duration.ofSeconds(10), 0)).isEqualTo("0 % of 1000.0 MB");
        assertThat(after(Duration.ofSeconds(10), 500 * MB)).endsWith("about 10 s left");
    }
}
