package io.everstate.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.Amount;
import io.everstate.contracts.view.MetricsHistoryView;
import io.everstate.contracts.view.MetricsPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF8")
class MetricsHistoryCommandTest {
    private static MetricsPoint point(String at, String profit, long minutes) {
        return new MetricsPoint(
                Instant.parse(at), 5, 3, Amount.of(profit), 147, 64L << 20, Duration.ofMinutes(minutes), 2, 60);
    }

    @Test
    void isATableWithTheNewestFirst() {
        var points = List.of(point("2026-11-22T14:00:00Z", "1234.56", 121), point("2026-11-22T12:00:00Z", "1189.2", 1));

        assertThat(MetricsHistoryCommand.sheet(new MetricsHistoryView("HOUR", 24, points, 1)))
                .isEqualTo("""
                System metrics of the last 24 hours: 2 data points, 1 is missing: nothing ran then.

                TIMESTAMP             BOTS  RUNNING   PROFIT  TRADES  MEMORY  UPTIME         RESTARTS
                2026-11-22T14:00:00Z     5        3  1234.56     147  64 MiB  2 h 1 min 0 s         2
                2026-11-22T12:00:00Z     5        3   1189.2     147  64 MiB  1 min 0 s             2""");
    }

    @Test
    void saysWhenThereIsNothing() {
        assertThat(MetricsHistoryCommand.sheet(new MetricsHistoryView("HOUR", 24, List.of(), 0)))
                .isEqualTo("System metrics of the last 24 hours: 0 data points.");
    }
}
