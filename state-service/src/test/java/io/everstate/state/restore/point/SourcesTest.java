package io.everstate.state.restore.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.state.TestConfiguration;
import io.everstate.state.archive.ArchivedLogs;
import io.everstate.state.log.EventLogConfiguration;
import io.everstate.state.log.LogBeginsLaterException;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.log.ReadableLog;
import io.everstate.state.log.ReadingTooLongException;
import io.everstate.state.log.RecordMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of a log that nobody keeps. */
class SourcesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Duration> said = new ArrayList<>();

    private Sources sources(String silentAfter) {
        var configuration =
                TestConfiguration.of(EventLogConfiguration.class, Map.of("everstate.log.read-deadline", silentAfter));
        var log = new PartitionLog(Map.of("bootstrap.servers", "127.0.0.1:1"), configuration);
        return new Sources(
                log,
                () -> {
                    throw new IllegalStateException("the archive is not asked");
                },
                PATIENCE,
                said::add);
    }

    private static void read(ReadableLog log) {
        log.read(0, 0, 10, _ -> true);
    }

    @Test
    void oneThatIsSilentIsWaitedForOnce() {
        var sources = sources("100ms");

        assertThatThrownBy(() -> read(sources.logOfSeveral()))
                .isInstanceOf(LogBeginsLaterException.class)
                .hasMessageContaining("the log was asked for 2 s: the log does not answer");
        var begin = System.nanoTime();
        assertThatThrownBy(() -> read(sources.log())).isInstanceOf(LogBeginsLaterException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
    }

    @Test
    void whatIsTooMuchForSeveralSaysNothingOfOne() {
        var sources = sources("1h");

        assertThatThrownBy(() -> read(sources.logOfSeveral())).isInstanceOf(ReadingTooLongException.class);
        assertThatThrownBy(() -> read(sources.log())).isInstanceOf(LogBeginsLaterException.class);
    }

    @Test
    void aRecordThatIsNotToBeHadIsBelieved() {
        assertThat(sources("100ms").log().holds(0, new RecordMark(3, "hash"))).isTrue();
    }

    @Test
    void itIsSaidHowLongAQuestionMayTake() {
        var sources = sources("1h");

        sources.log();
        assertThatThrownBy(sources::archive).isInstanceOf(IllegalStateException.class);

        assertThat(said).containsExactly(PATIENCE, ArchivedLogs.DEADLINE);
    }
}
