package io.everstate.state.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.backup.SegmentPartitionView;
import io.everstate.state.archive.ArchiveReading.OlderLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArchiveReadingTest {
    private static final List<SegmentPartitionView> KNOWN =
            List.of(known("first", null), known("second", "it lost its end"), known("third", null));

    private static SegmentPartitionView known(String topicId, @Nullable String divergence) {
        return new SegmentPartitionView("events", topicId, 0, 100, null, null, null, null, List.of(), divergence, null);
    }

    @Test
    void olderAreThoseThatCameBeforeTheNewestFirst() {
        assertThat(ArchiveReading.older(KNOWN, "third"))
                .containsExactly(new OlderLog("second", "it lost its end"), new OlderLog("first", null));
        assertThat(ArchiveReading.older(KNOWN, "second")).containsExactly(new OlderLog("first", null));
        assertThat(ArchiveReading.older(KNOWN, "first")).isEmpty();
    }

    @Test
    void allAreOlderThanOneOfWhichNothingIsArchivedYet() {
        assertThat(ArchiveReading.older(KNOWN, "fourth"))
                .extracting(OlderLog::topicId)
                .containsExactly("third", "second", "first");
    }
}
