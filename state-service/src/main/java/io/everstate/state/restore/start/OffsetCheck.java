package io.everstate.state.restore.start;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.state.log.EventLog;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;

/** Whether the log still is the one that was folded, and how much of it is not folded yet. */
@Singleton
final class OffsetCheck {
    private static final String PLACES = "select partition, topic_id, next_offset from partition_offsets";

    private final Transactions transactions;
    private final EventLog log;

    OffsetCheck(Transactions transactions, EventLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    private record Place(String topicId, long nextOffset) {}

    void look(StartFindings findings) {
        var places = places();
        try {
            var topic = log.find();
            if (topic.isEmpty()) {
                missing(places, findings);
            } else {
                compare(places, topic.get().id(), findings);
            }
        } catch (ProblemException e) {
            findings.broken("the log was not looked at: " + e.detail());
        }
    }

    private static void missing(Map<Integer, Place> places, StartFindings findings) {
        if (places.isEmpty()) {
            findings.fact("there is no log yet");
        } else {
            findings.broken("the topic of the bots' events is not there, and %d partitions of it were folded"
                    .formatted(places.size()));
        }
    }

    private void compare(Map<Integer, Place> places, String topicId, StartFindings findings) {
        var behind = 0L;
        for (var end : log.endOffsets().entrySet()) {
            var place = places.get(end.getKey());
            if (place == null) {
                behind += end.getValue();
            } else if (!place.topicId().equals(topicId)) {
                findings.broken("partition %d of the log is not the one that was folded; it is folded from its start"
                        .formatted(end.getKey()));
            } else if (place.nextOffset() > end.getValue()) {
                findings.broken(
                        "partition %d of the log ends at %d, and was folded up to %d; it is folded from its start"
                                .formatted(end.getKey(), end.getValue(), place.nextOffset()));
            } else {
                behind += end.getValue() - place.nextOffset();
            }
        }
        findings.fact("%d partitions were folded, %d records wait".formatted(places.size(), behind));
    }

    private Map<Integer, Place> places() {
        return transactions.read(connection -> {
            try (var statement = connection.prepareStatement(PLACES);
                    var rows = statement.executeQuery()) {
                var places = new TreeMap<Integer, Place>();
                while (rows.next()) {
                    places.put(
                            rows.getInt("partition"),
                            new Place(rows.getString("topic_id"), rows.getLong("next_offset")));
                }
                return places;
            }
        });
    }
}
