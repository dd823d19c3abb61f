package io.everstate.backup.segments.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentNamesTest {
    private static final LogPartition PARTITION = SampleRecords.PARTITION;

    @Test
    void areTheTopicsIdThePartitionAndTheFirstOffset() {
        assertThat(SegmentNames.of(PARTITION, 1234, ""))
                .isEqualTo("segments/q3ZbH1b7RkWm0y8b2V5uXg/3/00000000000000001234.log.zst");
        assertThat(SegmentNames.of(PARTITION, 1234, ".age"))
                .isEqualTo("segments/q3ZbH1b7RkWm0y8b2V5uXg/3/00000000000000001234.log.zst.age");
    }

    @Test
    void sortAsTheirOffsetsDo() {
        var offsets = List.of(0L, 9L, 10L, 99L, 1_000_000_000_000L);

        var names = offsets.stream()
                .map(offset -> SegmentNames.of(PARTITION, offset, ""))
                .toList();

        assertThat(names).isSorted();
        assertThat(names.get(2)).isGreaterThan(SegmentNames.before(PARTITION, 10));
        assertThat(names.get(1)).isLessThan(SegmentNames.before(PARTITION, 10));
    }

    @Test
    void areReadAgain() {
        assertThat(SegmentNames.firstOffset(PARTITION, SegmentNames.of(PARTITION, 77, ".age")))
                .hasValue(77);
    }

    /** So a listing has it in front of the first one that it was joined from. */
    @Test
    void ofAJoinedOneSayWhereItEndsAndSortInFrontOfTheFirstSmallOne() {
        var joined = SegmentNames.joined(PARTITION, 77, 1234, "");

        assertThat(joined)
                .isEqualTo("segments/q3ZbH1b7RkWm0y8b2V5uXg/3/00000000000000000077.00000000000000001234.log.zst")
                .isLessThan(SegmentNames.of(PARTITION, 77, ""))
                .isGreaterThan(SegmentNames.before(PARTITION, 77));
        assertThat(SegmentNames.firstOffset(PARTITION, joined)).hasValue(77);
        assertThat(SegmentNames.joinedTo(PARTITION, joined)).hasValue(1234);
        assertThat(SegmentNames.joinedTo(PARTITION, SegmentNames.joined(PARTITION, 77, 1234, ".age")))
                .hasValue(1234);
        assertThat(SegmentNames.joinedTo(PARTITION, SegmentNames.of(PARTITION, 77, "")))
                .isEmpty();
    }

    @Test
    void areNotMistakenForOthers() {
        var other = new LogPartition(PARTITION.topicId(), 31);

        assertThat(SegmentNames.firstOffset(PARTITION, SegmentNames.of(other, 77, "")))
                .isEmpty();
        assertThat(SegmentNames.firstOffset(PARTITION, SegmentNames.prefix(PARTITION) + "notes.txt"))
                .isEmpty();
        assertThat(SegmentNames.firstOffset(PARTITION, SegmentNames.prefix(PARTITION) + "9".repeat(20) + ".log.zst"))
                .isEmpty();
    }
}
