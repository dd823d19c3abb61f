package io.everstate.backup.segments.rebuild;

import io.everstate.backup.segments.SegmentFindings;
import io.everstate.backup.segments.SegmentObjects;
import io.everstate.backup.segments.format.LogPartition;
import io.everstate.backup.segments.format.Segment;
import io.everstate.backup.segments.format.SegmentCorruptException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the bucket alone has of a topic, held against the catalogue where that is there. */
final class ArchivedTopic {
    private final SegmentObjects objects;
    private final SegmentFindings findings;
    private final String topicId;

    /** @param findings are told of what is damaged, and of partitions that are whole */
    ArchivedTopic(SegmentObjects objects, SegmentFindings findings, String topicId) {
        this.objects = objects;
        this.findings = findings;
        this.topicId = topicId;
    }

    List<Integer> partitions() {
        return objects.partitions(topicId);
    }

    /** How many the topic had, by the first segment of its last one: partitions are added, and never taken away. */
    int partitionCount() {
        var partition = partitions().getLast();
        var place = new LogPartition(topicId, partition);
        var first = objects.from(place, 0).firstEntry();
        return Math.max(
                partition + 1,
                objects.readAny(place, first.getKey(), first.getValue())
                        .segment()
                        .header()
                        .partitions());
    }

    /**
     * Reads and checks all segments of a partition in the order of their records, one in memory at a time; of what was joined, and of what it was joined
     * from, each record once.
     *
     * @throws SegmentCorruptException at a damaged one, at one that is another than the catalogue says, and where the next one does not begin where the last one ended; those in front were given on
     */
    void read(int partition, Consumer<Segment> receiver) {
        var place = new LogPartition(topicId, partition);
        var end = 0L;
        for (var page = objects.from(place, end); !page.isEmpty(); page = objects.from(place, end)) {
            for (var entry : page.entrySet()) {
                if (entry.getKey() >= end) {
                    var segment = segment(place, end, entry);
                    receiver.accept(segment);
                    end = segment.header().endOffset();
                }
            }
        }
        findings.well(place, 0, end);
    }

    private Segment segment(LogPartition place, long end, Map.Entry<Long, List<String>> listed) {
        return findings.read(place, end, () -> {
            mustTile(place, end, listed.getKey());
            var names = findings.catalogued(place, end, listed.getValue());
            return findings.asWritten(objects.readAny(place, end, names)).segment();
        });
    }

    private static void mustTile(LogPartition place, long end, long first) {
        if (first > end) {
            throw new SegmentCorruptException(
                    "%s: the archive has no segment of the records %d to %d".formatted(place, end, first - 1));
        }
    }
}
