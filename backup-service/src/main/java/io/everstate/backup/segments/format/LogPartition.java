package io.everstate.backup.segments.format;

/** A partition of one topic, and of none that is made anew under its name: the id is Kafka's. */
public record LogPartition(String topicId, int partition) {
    @Override
    public String toString() {
        return "partition " + partition + " of topic " + topicId;
    }
}
