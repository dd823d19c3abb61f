package io.everstate.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.backup.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("BD6")
class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    /** All times in a stretch, by going on from each to the next. */
    private static List<Instant> times(Cron cron, String from, String to) {
        var found = new ArrayList<Instant>();
        var next = cron.next(at(from)).orElseThrow();
        while (!next.isAfter(at(to))) {
            found.add(next);
            next = cron.next(next).orElseThrow();
        }
        return found;
    }

    @Test
    void isReadInItsZone() {
        assertThat(Cron.of("0 2 * * *", ZoneOffset.UTC).next(at("2026-11-23T01:00:00Z")))
                .contains(at("2026-11-23T02:00:00Z"));
        assertThat(Cron.of("0 2 * * *", BERLIN).next(at("2026-11-23T01:30:00Z")))
                .contains(at("2026-11-24T02:00:00+01:00"));
    }

    @Test
    void givesTheLastTimeUpToTheInstantItself() {
        var cron = Cron.of("0 2 * * *", ZoneOffset.UTC);

        assertThat(cron.last(at("2026-11-23T02:00:00Z"))).contains(at("2026-11-23T02:00:00Z"));
        assertThat(cron.last(at("2026-11-23T01:59:59.999Z"))).contains(at("2026-11-22T02:00:00Z"));
    }

    /** Else there would be no backup of that day. */
    @Test
    void takesWhatIsLeftOutInSpringWhenTheHourIsOver() {
        var cron = Cron.of("30 2 * * *", BERLIN);

        assertThat(times(cron, "2026-03-27T12:00:00+01:00", "2026-03-31T12:00:00+02:00"))
                .containsExactly(
                        at("2026-03-28T02:30:00+01:00"),
                        at("2026-03-29T03:00:00+02:00"),
                        at("2026-03-30T02:30:00+02:00"),
                        at("2026-03-31T02:30:00+02:00"));
        assertThat(cron.last(at("2026-03-29T10:00:00+02:00"))).contains(at("2026-03-29T03:00:00+02:00"));
    }

    @Test
    void takesWhatComesTwiceInAutumnOnce() {
        assertThat(times(Cron.of("30 2 * * *", BERLIN), "2026-10-24T12:00:00+02:00", "2026-10-26T12:00:00+01:00"))
                .containsExactly(at("2026-10-25T02:30:00+02:00"), at("2026-10-26T02:30:00+01:00"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-03-29T00:30:00+01:00, 2026-03-29T05:30:00+02:00",
        "2026-10-25T00:30:00+02:00, 2026-10-25T03:30:00+01:00"
    })
    void takesEachHourOfADayOnWhichTheClockIsChanged(String from, String to) {
        var times = times(Cron.of("0 * * * *", BERLIN), from, to);

        assertThat(times).hasSize(4);
        for (var i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isEqualTo(Duration.ofHours(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "61 2 * * *", "0 2 * *", "0 0 2 * * *", "nonsense", "0 0 30 2 *"})
    void refusesWhatNamesNoTime(String expression) {
        assertThatThrownBy(() -> Cron.of(expression, ZoneOffset.UTC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isLateByATimeOfItsOwnThatIsTheSameAlways() {
        var lates = new ArrayList<Duration>();
        for (var workspace : List.of("one", "two", "three", "one")) {
            lates.add(CronSchedule.of(
                            workspace, BackupKind.FULL, "0 2 * * *", ZoneOffset.UTC, Duration.ofMinutes(10), "a test")
                    .late());
        }

        assertThat(lates).allSatisfy(late -> assertThat(late).isBetween(Duration.ZERO, Duration.ofMinutes(10)));
        assertThat(lates.getLast()).isEqualTo(lates.getFirst());
        assertThat(lates.subList(0, 3)).doesNotHaveDuplicates();
    }

    /** On a Monday the weekend is still in it, since the newest may be Friday's. */
    @Test
    void knowsHowFarItsTimesAreFromEachOther() {
        var weekdays = CronSchedule.of("one", BackupKind.FULL, "0 2 * * 1-5", ZoneOffset.UTC, Duration.ZERO, "a test");

        assertThat(weekdays.distance(at("2026-11-22T12:00:00Z"))).contains(Duration.ofDays(3));
        assertThat(weekdays.distance(at("2026-11-23T12:00:00Z"))).contains(Duration.ofDays(3));
        assertThat(weekdays.distance(at("2026-11-24T12:00:00Z"))).contains(Duration.ofDays(1));
    }

    @Test
    void comesLateAndNotBefore() {
        var schedule =
                CronSchedule.of("one", BackupKind.FULL, "0 2 * * *", ZoneOffset.UTC, Duration.ofMinutes(10), "a test");
        var due = at("2026-11-23T02:00:00Z").plus(schedule.late());

        assertThat(schedule.last(due)).contains(at("2026-11-23T02:00:00Z"));
        assertThat(schedule.last(due.minusSeconds(1))).contains(at("2026-11-22T02:00:00Z"));
        assertThat(schedule.after(at("2026-11-22T02:00:00Z"))).contains(due);
    }
}
