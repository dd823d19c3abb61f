package io.everstate.cli.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.recovery.DisasterType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TourReportTest {

    private static final Recovery CRASH =
            new Recovery(DisasterType.SYSTEM_CRASH, Duration.ofMillis(2_150), Duration.ofMillis(9_900));

    @Test
    void showsADisasterALine() {
        var report = new TourReport();
        report.add(CRASH, new Comparison(412, List.of(), List.of()));
        report.addWhole(new Comparison(530, List.of(), List.of()));

        assertThat(report.clean()).isTrue();
        assertThat(report.render()).isEqualTo("""
                        DISASTER        DETECTED AFTER  RECOVERED AFTER  ACKNOWLEDGED TRADES BEFORE  FOUND AFTER  LOST  DOUBLED
                        SYSTEM_CRASH             2.2 s            9.9 s                         412          412     0        0
                        the whole tour               -                -                         530          530     0        0""");
    }

    @Test
    void isNoSuccessWhenATradeIsMissing() {
        var report = new TourReport();
        report.add(CRASH, new Comparison(2, List.of("one is lost"), List.of()));

        assertThat(report.clean()).isFalse();
        assertThat(report.complaints()).containsExactly("one is lost");
    }

    @Test
    void isNoSuccessWhenATradeIsDoubled() {
        var report = new TourReport();
        report.addWhole(new Comparison(2, List.of(), List.of("one is there twice")));

        assertThat(report.clean()).isFalse();
        assertThat(report.complaints()).containsExactly("one is there twice");
    }
}
