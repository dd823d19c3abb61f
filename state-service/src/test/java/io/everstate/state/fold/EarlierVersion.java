package io.everstate.state.fold;

import io.everstate.contracts.bot.BotEvent;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import java.util.List;

/**
 * A version of the service that does not know these events yet.
 *
 * @param unknown to it
 */
public record EarlierVersion(Class<? extends BotEvent> unknown) {
    /** Leaves the database as it does when it has folded all that the partition holds now. */
    public void fold(TestDatabase database, TestLog log, int partition) {
        var store = FoldStores.of(database.migrated());
        var position = store.load(partition, log.topicId());
        var projection = new PartitionProjection(partition, position, StoredRecords.codecWithout(unknown));
        store.commit(List.of(projection.fold(log.records(partition))));
    }
}
