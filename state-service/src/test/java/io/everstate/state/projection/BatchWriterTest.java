package io.everstate.state.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.SteppingClock;
import io.everstate.state.finding.FoundInLog;
import io.everstate.state.fold.FoldedBatch;
import io.everstate.state.fold.ParkingChanges;
import io.everstate.state.fold.SkipCounts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a thread that writes when the test says so. */
@Timeout(20)
class BatchWriterTest {
    private final Queue<Runnable> begun = new ArrayDeque<>();
    private final List<FoldedBatch> kept = new ArrayList<>();
    private boolean away;
    private final SteppingClock clock = new SteppingClock();
    private final BatchWriter writer = new BatchWriter(
            batches -> {
                if (away) {
                    throw new ProblemException(ProblemType.UNAVAILABLE, "away");
                }
                kept.addAll(batches);
                return List.of();
            },
            begun::add,
            clock);

    private static FoldedBatch batch(int partition) {
        return batch(partition, 1);
    }

    private static FoldedBatch batch(int partition, long end) {
        return new FoldedBatch(
                partition,
                0,
                0,
                end,
                1,
                List.of(),
                Map.of(),
                List.of(),
                ParkingChanges.NONE,
                SkipCounts.NONE,
                0,
                FoundInLog.NOTHING,
                false,
                null,
                null);
    }

    @Test
    void tellsWhatWasWrittenOnce() {
        writer.write(List.of(batch(0)));
        var before = writer.written();
        begun.remove().run();

        var after = writer.written();

        assertThat(before).isEmpty();
        assertThat(after.orElseThrow().batches()).isEqualTo(kept).hasSize(1);
        assertThat(writer.written()).isEmpty();
        assertThat(writer.writing() || writer.failed()).isFalse();
    }

    @Test
    void whatDoesNotMoveIsNoTransaction() {
        writer.write(List.of(batch(0, 0)));

        assertThat(writer.written().orElseThrow().batches()).hasSize(1);
        assertThat(begun).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30", "500, 500", "7000, 500"})
    void restsAsLongAsItWroteButHalfASecondAtMost(int took, int rest) {
        writer.write(List.of(batch(0)));
        clock.advance(Duration.ofMillis(took));
        begun.remove().run();
        assertThat(writer.resting()).as("while it writes").isFalse();
        assertThat(writer.written()).isPresent();

        clock.advance(Duration.ofMillis(rest - 1));
        assertThat(writer.resting()).isEqualTo(rest > 0);
        clock.advance(Duration.ofMillis(1));
        assertThat(writer.resting()).isFalse();
    }

    @Test
    void restsNoLongerBecauseItWasLookedAtLate() {
        writer.write(List.of(batch(0)));
        clock.advance(Duration.ofMillis(5));
        begun.remove().run();

        clock.advance(Duration.ofMillis(200));
        assertThat(writer.written()).isPresent();

        assertThat(writer.resting()).isFalse();
    }

    @Test
    void aClockThatWasSetBackEndsItsRest() {
        writer.write(List.of(batch(0)));
        clock.advance(Duration.ofMillis(300));
        begun.remove().run();
        assertThat(writer.written()).isPresent();

        clock.advance(Duration.ofHours(-1));

        assertThat(writer.resting()).isFalse();
    }

    @Test
    void writesOneTransactionAfterAnother() {
        writer.write(List.of(batch(0)));

        assertThatThrownBy(() -> writer.write(List.of(batch(1)))).isInstanceOf(IllegalStateException.class);

        assertThat(begun).hasSize(1);
    }

    @Test
    void keepsWhatCouldNotBeWrittenAndTriesItAgain() {
        away = true;
        writer.write(List.of(batch(0), batch(1)));
        begun.remove().run();
        assertThatThrownBy(writer::written).isInstanceOf(ProblemException.class);
        assertThat(writer.failed()).isTrue();

        away = false;
        writer.again();
        begun.remove().run();

        assertThat(writer.written().orElseThrow().batches()).hasSize(2);
        assertThat(kept).hasSize(2);
    }

    @Test
    void writesNothingElseBeforeWhatCouldNotBeWritten() {
        away = true;
        writer.write(List.of(batch(0)));
        begun.remove().run();
        assertThatThrownBy(writer::written).isInstanceOf(ProblemException.class);
        away = false;

        assertThatThrownBy(() -> writer.write(List.of(batch(1)))).isInstanceOf(IllegalStateException.class);

        writer.again();
        begun.remove().run();
        assertThat(kept).extracting(FoldedBatch::partition).containsExactly(0);
    }

    @Test
    void doesNotTryAgainWhatIsSomebodyElsesMeanwhile() {
        away = true;
        writer.write(List.of(batch(0), batch(1)));
        begun.remove().run();
        assertThatThrownBy(writer::written).isInstanceOf(ProblemException.class);

        away = false;
        writer.forget(0);
        writer.again();
        begun.remove().run();

        assertThat(kept).extracting(FoldedBatch::partition).containsExactly(1);
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        writer.write(List.of(batch(0)));

        writer.await(Duration.ofMillis(1));

        assertThat(writer.writing()).isTrue();
        assertThat(kept).isEmpty();
    }
}
