package io.everstate.backup.segments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.backup.segments.PartitionTail.Limits;
import io.everstate.backup.segments.PartitionTail.Taken;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentOrigin;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionTailTest {
    private static final SegmentOrigin ORIGIN =
            new SegmentOrigin("everstate.bot.events", 12, new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3));
    private static final long AGE = 1_000;
    private static final long NOW = 50_000;

    private static PartitionTail tail(long end, @Nullable String lastRecord, long ceiling) {
        return new PartitionTail(ORIGIN, new Limits(2_000, AGE), new Opening.From(end, lastRecord, ceiling), NOW);
    }

    private static PartitionTail fromTheStart() {
        return tail(0, null, Long.MAX_VALUE);
    }

    private static List<LoggedRecord> records(long from, long end) {
        return LongStream.range(from, end)
                .mapToObj(offset -> new LoggedRecord(
                        offset, offset, null, ByteBuffer.wrap(("event " + offset).getBytes(UTF_8)), List.of()))
                .toList();
    }

    private static String digest(long offset) {
        return records(offset, offset + 1).getFirst().digest();
    }

    private static List<Long> next(PartitionTail tail) {
        var header = tail.begin().finish().header();
        return List.of(header.firstOffset(), header.endOffset());
    }

    @Test
    void isDueWhenItsFirstRecordHasWaitedLongEnough() {
        var tail = fromTheStart();

        tail.take(records(0, 2), NOW);
        tail.take(records(2, 3), NOW + AGE - 1);

        assertThat(tail.isDue(NOW + AGE - 1, false)).isFalse();
        assertThat(tail.isDue(NOW + AGE, false)).isTrue();
        assertThat(next(tail)).containsExactly(0L, 3L);
    }

    @Test
    void isDueAtOnceWhenMemoryEnds() {
        var tail = fromTheStart();
        tail.take(records(0, 2), NOW);

        assertThat(tail.isDue(NOW, true)).isTrue();
    }

    @Test
    void isDueAndReadNoFurtherWhenASegmentIsFull() {
        var tail = fromTheStart();

        tail.take(records(0, 200), NOW);

        assertThat(tail.isDue(NOW, false)).isTrue();
        assertThat(tail.isFull()).isTrue();
    }

    @Test
    void givesItsSegmentsInTheirOrderAndEachWhenTheOneBeforeIsStored() {
        var tail = fromTheStart();
        tail.take(records(0, 200), NOW);

        var first = next(tail);
        assertThat(tail.isDue(NOW + AGE, true)).as("while that is on its way").isFalse();
        tail.stored();
        var second = next(tail);

        assertThat(first.getFirst()).isZero();
        assertThat(second.getFirst()).isEqualTo(first.getLast());
        assertThat(tail.heldBytes()).isPositive();
    }

    @Test
    void holdsNothingWhenAllIsStored() {
        var tail = fromTheStart();
        tail.take(records(0, 3), NOW);
        tail.begin();
        assertThat(tail.heldBytes()).as("on its way").isPositive();

        tail.stored();

        assertThat(tail.heldBytes()).isZero();
    }

    @Test
    void readsTheLastArchivedRecordAgainAndArchivesItOnce() {
        var tail = tail(10, digest(9), Long.MAX_VALUE);

        assertThat(tail.from()).isEqualTo(9);
        assertThat(tail.take(records(9, 12), NOW)).isEqualTo(Taken.ALL);

        assertThat(next(tail)).containsExactly(10L, 12L);
    }

    @Test
    void refusesALogThatHasAnotherRecordThere() {
        assertThat(tail(10, "another", Long.MAX_VALUE).take(records(9, 12), NOW))
                .isEqualTo(Taken.CHANGED);
    }

    @Test
    void refusesALogThatHasNoRecordThere() {
        assertThat(tail(10, digest(9), Long.MAX_VALUE).take(records(10, 12), NOW))
                .isEqualTo(Taken.CHANGED);
    }

    @Test
    void comparesAgainBeforeItBeginsASegmentAfterAWhile() {
        var tail = fromTheStart();
        tail.take(records(0, 3), NOW);
        tail.begin();
        tail.stored();

        assertThat(tail.take(records(3, 5), NOW + AGE + 1)).isEqualTo(Taken.NONE);
        assertThat(tail.from()).isEqualTo(2);
        assertThat(tail.take(records(2, 5), NOW + AGE + 1)).isEqualTo(Taken.ALL);
        assertThat(next(tail)).containsExactly(3L, 5L);
    }

    @Test
    void findsThatTheLogLostItsEndMeanwhile() {
        var tail = fromTheStart();
        tail.take(records(0, 3), NOW);
        tail.begin();
        tail.stored();
        tail.take(records(3, 5), NOW + AGE + 1);

        var others = List.of(new LoggedRecord(2, 99, null, null, List.of()));

        assertThat(tail.take(others, NOW + AGE + 1)).isEqualTo(Taken.CHANGED);
    }

    @Test
    void reachesNoFurtherThanTheNextObjectInTheBucket() {
        var tail = tail(0, null, 4);

        tail.take(records(0, 9), NOW);

        assertThat(tail.isFull()).isTrue();
        assertThat(tail.isDue(NOW, false)).isTrue();
        assertThat(next(tail)).containsExactly(0L, 4L);
        assertThat(tail.isAtItsEnd()).as("on its way").isFalse();
        tail.stored();
        assertThat(tail.isAtItsEnd()).isTrue();
    }
}
