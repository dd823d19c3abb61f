package io.everstate.state.fold;

import io.everstate.state.Owner;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the parts of {@link FoldStoreContract} have in common. */
interface StoreContract {
    String TOPIC_ID = "topic-a";
    Owner OWNER = new Owner(1);

    /** An empty one. */
    FoldStore store();

    default FoldedBatch fold(FoldStore store, List<ConsumerRecord<String, byte[]>> records) {
        return new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC).fold(records);
    }
}
