package io.everstate.state.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostgresFoldStoreIT implements FoldStoreContract {
    private final TestDatabase database = TestDatabase.empty().migrated();

    @Override
    public FoldStore store() {
        return FoldStores.of(database);
    }

    @Test
    void keepsATradeARowAndAddsUpWhatWasSkipped() {
        var store = store();
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var first = projection.fold(StoredRecords.from(
                0, OWNER.claim(), OWNER.created(bot), OWNER.started(bot), OWNER.trade(bot, 3), OWNER.trade(bot, 3)));
        var second = projection.fold(StoredRecords.from(5, OWNER.trade(bot, 4), OWNER.trade(bot, 4)));

        store.commit(List.of(first));
        store.commit(List.of(second));

        assertThat(count("select count(*) from trades")).isEqualTo(2);
        assertThat(count("select duplicates from partition_offsets where partition = 0"))
                .isEqualTo(2);
    }

    @Test
    void saysOfEachBotWhichBatchChangedItLast() {
        var store = store();
        var early = Owner.newBot();
        var late = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);

        store.commit(List.of(
                projection.fold(StoredRecords.from(0, OWNER.claim(), OWNER.created(early), OWNER.created(late)))));
        store.commit(List.of(projection.fold(StoredRecords.from(3, OWNER.started(late)))));

        assertThat(count("select changed from bots where id = '" + early + "'")).isEqualTo(3);
        assertThat(count("select changed from bots where id = '" + late + "'")).isEqualTo(4);
    }

    @Test
    void tellsWhatItHasCommittedAndNothingElse() {
        var heard = new ArrayList<FoldedBatch>();
        var store = new PostgresFoldStore(database.transactions(), TestJson.format(), List.of(heard::addAll));
        var bot = Owner.newBot();
        var projection = new PartitionProjection(0, store.load(0, TOPIC_ID), StoredRecords.CODEC);
        var batch = projection.fold(StoredRecords.from(0, OWNER.claim(), OWNER.created(bot)));

        store.commit(List.of(batch));
        assertThatThrownBy(() -> store.commit(List.of(batch))).isInstanceOf(PartitionLostException.class);

        assertThat(heard).containsExactly(batch);
    }

    /** A cut may have been taken at the place at which the partition stands. */
    @Test
    void whatIsTakenUpAgainCountsAsChangedBehindEveryCutSoFar() {
        var store = store();
        var bot = Owner.newBot();
        var refolded = ParkedStoreContract.leftByAnEarlierVersion(store, bot, Owner.newBot());

        store.resume(0, _ -> Optional.of(refolded));

        assertThat(count("select changed from bots where sequence = 4"))
                .isGreaterThan(count("select next_offset from partition_offsets where partition = 0"));
    }

    private long count(String query) {
        return database.transactions().read(connection -> {
            try (var statement = connection.prepareStatement(query);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
