package io.everstate.state.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.view.MetricsPoint;
import io.everstate.state.ManyBots;
import io.everstate.state.TestConfiguration;
import io.everstate.state.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SF2")
class MetricsHistoryIT {
    private static final Instant TEN = Instant.parse("2026-11-22T10:00:30Z");
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabase.withTables();
    private final ManyBots bots = new ManyBots(database).fill(4, 0);

    @BeforeEach
    void enter() {
        new SystemRuns(database.transactions()).enter("one", LEASE);
    }

    private MetricsHistory at(Instant time) {
        return new MetricsHistory(database.transactions(), Clock.fixed(time, ZoneOffset.UTC));
    }

    private MetricsHistory after(int minutes) {
        return at(TEN.plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void keepsEachMinuteOnceWhoeverWritesIt() {
        try (var replicas = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 40)
                    .forEach(n -> replicas.execute(() -> after(n % 2).write()));
        }

        var minutes = after(1).read(Resolution.MINUTE, Duration.ofHours(1));
        assertThat(minutes.points())
                .extracting(MetricsPoint::at)
                .containsExactly(Instant.parse("2026-11-22T10:01:00Z"), Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(after(1).read(Resolution.HOUR, Duration.ofHours(1)).points())
                .singleElement()
                .satisfies(hour -> assertThat(hour.minutes()).isEqualTo(2));
    }

    @Test
    void makesAnHourOfItsNewestMinute() {
        after(0).write();
        bots.run();
        after(5).write();
        after(60).write();

        var hours = after(61).read(Resolution.HOUR, Duration.ofHours(2));

        assertThat(hours.points()).hasSize(2);
        assertThat(hours.points().getLast()).satisfies(hour -> {
            assertThat(hour.at()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
            assertThat(hour.bots()).isEqualTo(4);
            assertThat(hour.running()).isEqualTo(4);
            assertThat(hour.minutes()).isEqualTo(2);
            assertThat(hour.memory()).isPositive();
        });
    }

    @Test
    void forgetsMinutesAndKeepsHours() {
        after(0).write();
        after(60).write();
        var configuration =
                TestConfiguration.of(HistoryConfiguration.class, Map.of("everstate.history.keep-minutes", "30m"));

        after(61).forget(configuration);

        assertThat(after(61).read(Resolution.MINUTE, Duration.ofHours(24)).points())
                .hasSize(1);
        assertThat(after(61).read(Resolution.HOUR, Duration.ofHours(24)).points())
                .hasSize(2);
    }

    @Test
    void forgetsHoursToldSo() {
        after(0).write();
        after(60).write();
        var configuration =
                TestConfiguration.of(HistoryConfiguration.class, Map.of("everstate.history.keep-hours", "30m"));

        after(61).forget(configuration);

        assertThat(after(61).read(Resolution.HOUR, Duration.ofHours(24)).points())
                .hasSize(1);
    }

    @Test
    void saysHowManyHoursAreMissing() {
        after(0).write();
        after(240).write();

        var hours = after(241).read(Resolution.HOUR, Duration.ofHours(24));

        assertThat(hours.points()).hasSize(2);
        assertThat(hours.missing()).isEqualTo(3);
    }

    @Test
    void writesNothingBeforeTheFirstRun() {
        var fresh = TestDatabase.withTables();
        var history = new MetricsHistory(fresh.transactions(), Clock.fixed(TEN, ZoneOffset.UTC));

        history.write();

        assertThat(history.read(Resolution.MINUTE, Duration.ofHours(1)).points())
                .isEmpty();
    }
}
