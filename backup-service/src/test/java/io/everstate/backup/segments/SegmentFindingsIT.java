package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.SegmentCorruptException;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.contracts.backup.SegmentPartitionView.Gap;
import io.everstate.contracts.backup.SegmentPartitionView.GapState;
import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of stored segments later, on real PostgreSQL: of no use any more, they are gaps. */
class SegmentFindingsIT {
    private static final LogPartition PARTITION = new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3);
    private static final SegmentOrigin ORIGIN = new SegmentOrigin("everstate.bot.events", 12, PARTITION);

    private ArchiveParts parts;
    private SegmentFindings findings;
    private SegmentResource resource;

    @BeforeEach
    void start() throws SQLException {
        parts = new ArchiveParts(ORIGIN.topic(), Clock.systemUTC());
        findings = parts.findings;
        resource = parts.resource();
        parts.rows.seen(ORIGIN.topic(), PARTITION);
        parts.archive(ORIGIN, 0, 10);
        parts.archive(ORIGIN, 10, 25);
        parts.archive(ORIGIN, 25, 30);
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    private byte[] content(long first) {
        return resource.content(PARTITION.topicId(), PARTITION.partition(), first);
    }

    private List<Gap> gaps() {
        return parts.gaps();
    }

    private String name(long first) {
        var stored = parts.rows.find(PARTITION, first).orElseThrow().stored();
        return stored == null ? "" : stored.objectName();
    }

    private byte[] object(long first) throws IOException {
        try (var object = parts.store.open(name(first))) {
            return object.readAllBytes();
        }
    }

    private void replace(long first, byte[] content) throws IOException {
        parts.store.delete(name(first));
        try (var upload = parts.store.begin(name(first))) {
            upload.write(content);
            upload.complete();
        }
    }

    @Test
    void whatIsDamagedOrGoneIsAGapUntilItIsReadWellAgain() throws IOException {
        var damaged = object(0);
        var gone = object(25);
        replace(0, new byte[damaged.length]);
        parts.store.delete(name(25));
        assertThat(gaps()).as("nobody has read them").isEmpty();

        assertThatThrownBy(() -> content(0)).isInstanceOf(SegmentCorruptException.class);
        assertThatThrownBy(() -> content(25)).hasMessageContaining("is not in the storage");
        assertThat(content(10)).isNotEmpty();

        assertThat(gaps()).containsExactly(new Gap(GapState.DAMAGED, 0, 9, 10), new Gap(GapState.DAMAGED, 25, 29, 5));
        replace(0, damaged);
        assertThat(content(0)).isNotEmpty();
        assertThat(gaps()).containsExactly(new Gap(GapState.DAMAGED, 25, 29, 5));
        replace(25, gone);
        findings.well(PARTITION, 0, 30);
        assertThat(gaps()).isEmpty();
    }

    @Test
    void aStorageThatDoesNotAnswerDamagesNothing() {
        assertThatThrownBy(() -> findings.read(PARTITION, 0, () -> {
                    throw new ProblemException(ProblemType.UNAVAILABLE, "away, as a test says");
                }))
                .hasMessageContaining("away");

        assertThat(gaps()).isEmpty();
    }

    /** Segments are read while the catalogue is lost, too. */
    @Test
    void isGivenOnWhenTheDatabaseIsAway() {
        parts.close();

        assertThatThrownBy(() -> findings.read(PARTITION, 0, () -> {
                    throw new SegmentCorruptException("damaged, as a test says");
                }))
                .hasMessageContaining("damaged, as a test says");
        findings.well(PARTITION, 0, 30);
    }
}
