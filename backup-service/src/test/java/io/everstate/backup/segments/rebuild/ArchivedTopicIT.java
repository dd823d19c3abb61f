package io.everstate.backup.segments.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.segments.ArchiveParts;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.backup.segments.format.SegmentNames;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An archived topic that is read, beside the rows of its segments on real PostgreSQL. */
class ArchivedTopicIT {
    private static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);
    private static final SegmentOrigin ORIGIN = new SegmentOrigin("everstate.bot.events", 12, PARTITION);

    private ArchiveParts parts;
    private ArchivedTopic topic;

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(ORIGIN.topic(), Clock.systemUTC());
        topic = new ArchivedTopic(parts.objects, parts.findings, PARTITION.topicId());
        parts.seen(ORIGIN);
        parts.archive(ORIGIN, 0, 10);
        parts.archive(ORIGIN, 10, 25);
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    private List<Segment> read() {
        var read = new ArrayList<Segment>();
        topic.read(PARTITION.partition(), read::add);
        return read;
    }

    /** It is whole, of the right place and of as many records: its own sums say nothing. */
    @Test
    void aSegmentThatIsAnotherThanItsRowSaysIsAGapUntilTheOneThatWasStoredIsThereAgain() {
        parts.exchange(ORIGIN, 10, 25, 1_000);

        assertThatThrownBy(this::read)
                .isInstanceOf(SegmentCorruptException.class)
                .hasMessageContaining("is not what was stored");

        assertThat(parts.gaps()).containsExactly(new Gap(GapState.DAMAGED, 10, 24, 15));
        parts.exchange(ORIGIN, 10, 25, 0);
        assertThat(read()).hasSize(2);
        assertThat(parts.gaps()).isEmpty();
    }

    private void joined(long timestamp) {
        parts.objects.packJoined(ArchiveParts.content(ORIGIN, 0, 25, timestamp)).upload();
    }

    private List<Long> ends() {
        return read().stream().map(segment -> segment.header().endOffset()).toList();
    }

    @Test
    void ofAJoinedOneBesideWhatItWasJoinedFromEachRecordIsReadOnce() throws SQLException {
        joined(0);
        assertThat(ends()).as("the catalogue knows the small ones").containsExactly(10L, 25L);

        parts.execute("delete from segment");

        assertThat(ends()).as("it knows nothing").containsExactly(25L);
    }

    @Test
    void whereTheJoinedOneIsDamagedAndNothingIsKnownTheSmallOnesAreRead() throws SQLException {
        parts.execute("delete from segment");
        parts.damage(SegmentNames.joined(PARTITION, 0, 24, ""));

        assertThat(ends()).containsExactly(10L, 25L);
    }

    /** A catalogue of before the join: the small ones are gone. */
    @Test
    void aJoinedOneThatTheCatalogueDoesNotKnowIsReadWhereItHoldsWhatIsKnown() {
        parts.store.delete(SegmentNames.of(PARTITION, 0, ""));
        parts.store.delete(SegmentNames.of(PARTITION, 10, ""));
        joined(0);

        assertThat(ends()).containsExactly(25L);
    }

    @Test
    void aJoinedOneWithOtherRecordsThanAreKnownIsNone() {
        parts.store.delete(SegmentNames.of(PARTITION, 0, ""));
        joined(1_000);

        assertThatThrownBy(this::read).hasMessageContaining("is not what was stored");
    }

    @Test
    void isReadAlsoWhileTheCatalogueIsAway() {
        parts.close();

        assertThat(read()).hasSize(2);
    }
}
