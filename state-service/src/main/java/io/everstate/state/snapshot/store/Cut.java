package io.everstate.state.snapshot.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.everstate.state.log.RecordMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The place in the log at which a snapshot was taken: every partition folded exactly up to there.
 *
 * @param exchanges how often other tables had taken the place of the first by then
 */
public record Cut(
        Map<Integer, Place> partitions,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long exchanges) {
    /**
     * @param topicId of the topic that was folded
     * @param nextOffset of the first record that is not in it
     * @param revision of the states: counted up when they were changed otherwise than by folding on
     * @param last the record that was folded last: the same offset of a log that lost its end and has grown again is another place; null at the
     *     log's beginning, and in what earlier versions have stored
     */
    public record Place(
            String topicId,
            long nextOffset,
            long epoch,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long revision,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            RecordMark last) {
        /** Whether it is not known which log it is a place of. */
        public boolean unmarked() {
            return nextOffset > 0 && last == null;
        }
    }

    public Cut {
        partitions = Map.copyOf(partitions);
    }

    /** Next offset by partition. */
    public Map<Integer, Long> offsets() {
        var offsets = new TreeMap<Integer, Long>();
        partitions.forEach((partition, place) -> offsets.put(partition, place.nextOffset()));
        return offsets;
    }

    /** The partitions of which it is not known behind which record the place is. */
    public Set<Integer> unmarked() {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue().unmarked())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * A sentence for each place that does not come behind an earlier cut, or at it: what changed in between cannot be told by offsets then.
     * Partitions that the earlier one does not have are new.
     */
    public List<String> brokenBehind(Cut earlier) {
        var broken = new ArrayList<String>();
        if (exchanges != earlier.exchanges) {
            broken.add("other tables have taken the place of those of before");
        }
        earlier.partitions.forEach((partition, before) -> {
            var place = partitions.get(partition);
            if (place == null) {
                broken.add("partition " + partition + " is not in the cut any more");
            } else if (!place.topicId().equals(before.topicId())) {
                broken.add("partition " + partition + " was folded from another topic before");
            } else if (place.revision() != before.revision()) {
                broken.add("partition " + partition + " was changed otherwise than by folding on in between");
            } else if (place.nextOffset() < before.nextOffset() || place.epoch() < before.epoch()) {
                broken.add("the cut goes back in partition " + partition);
            }
        });
        return broken;
    }

    /** A sentence for each place that cannot be. */
    public List<String> broken() {
        var broken = new ArrayList<String>();
        partitions.forEach((partition, place) -> {
            if (partition < 0 || place.nextOffset() < 0 || place.epoch() < 0) {
                broken.add("the cut's place in partition " + partition + " is negative");
            }
            var last = place.last();
            if (last != null && last.offset() >= place.nextOffset()) {
                broken.add("the cut's place in partition " + partition + " is in front of its last record");
            }
            if (place.epoch() > place.nextOffset()) {
                broken.add("partition " + partition + " has more owners than records");
            }
        });
        return broken;
    }
}
