package io.everstate.backup.segments;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.backup.packing.Compression;
import io.everstate.backup.packing.SamplePackings;
import io.everstate.backup.platform.JacksonFormat;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.LoggedRecord;
import io.everstate.backup.segments.format.SegmentFile;
import io.everstate.backup.segments.format.SegmentOrigin;
import io.everstate.backup.segments.format.SegmentWriter;
import io.everstate.contracts.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentObjectsTest {
    private static final SegmentOrigin ORIGIN =
            new SegmentOrigin("everstate.bot.events", 12, new LogPartition("q3ZbH1b7RkWm0y8b2V5uXg", 3));

    private final SegmentObjects objects =
            new SegmentObjects(new WatchedStore(), SamplePackings.of(Compression.ZSTD, 1), new JacksonFormat());

    /** It packs to next to nothing, and what it would take to unpack it counts. */
    @Test
    void packsNothingThatIsLargerThanAnyThatIsRead() {
        var segment = new SegmentWriter(ORIGIN, 0);
        segment.append(new LoggedRecord(0, 0, null, ByteBuffer.allocate(SegmentFile.LARGEST), List.of()));

        assertThatThrownBy(() -> objects.pack(segment.finish()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("none of more than " + SegmentFile.LARGEST + " is read");
    }
}
