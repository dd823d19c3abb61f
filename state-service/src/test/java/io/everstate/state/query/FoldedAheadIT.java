package io.everstate.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.contracts.bot.BotId;
import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.FoldsHere;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica's memory beside the rows of PostgreSQL. */
class FoldedAheadIT {
    private final TestDatabase database = TestDatabase.withTables();
    private final FoldStore store = FoldStores.of(database.transactions());
    private final FoldsHere folds = new FoldsHere(StoredRecords.CODEC, List.of());
    private final FoldedAhead ahead = new FoldedAhead(database.transactions(), folds);
    private final Owner owner = new Owner(1);
    private final BotId bot = Owner.newBot();

    /** Folds three records and stores the first two, after which the bot is at its first event. */
    private PartitionProjection oneEventAhead() {
        var projection = folds.begin(0, store.load(0, "topic"));
        store.commit(List.of(projection.fold(StoredRecords.from(0, owner.claim(), owner.created(bot)))));
        projection.add(StoredRecords.from(2, owner.started(bot)));
        return projection;
    }

    private Optional<Long> read() {
        return ahead.find(bot).map(answer -> answer.state().sequence());
    }

    @Test
    void answersWhatIsNotStored() {
        oneEventAhead();

        assertThat(read()).contains(2L);
    }

    @Test
    void answersABotThatNoRowKnows() {
        folds.begin(0, store.load(0, "topic")).add(StoredRecords.from(0, owner.claim(), owner.created(bot)));

        assertThat(read()).contains(1L);
    }

    @Test
    void answersUntilWhatItFoldedIsStoredAndThenToo() {
        var projection = oneEventAhead();

        store.commit(List.of(projection.take()));

        assertThat(read()).contains(2L);
    }

    @Test
    void leavesItToTheRowsWhenAnotherReplicaStoredMore() {
        oneEventAhead();
        var other = new PartitionProjection(0, store.load(0, "topic"), StoredRecords.CODEC);

        store.commit(List.of(other.fold(StoredRecords.from(2, owner.started(bot), owner.trade(bot, 3)))));

        assertThat(read()).isEmpty();
    }

    /** As a rebuild that is switched does, and who takes parked bots up again. */
    @Test
    void leavesItToTheRowsWhenTheyAreOfOtherStates() {
        oneEventAhead();

        database.transactions().write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("update partition_offsets set revision = revision + 1");
            }
        });

        assertThat(read()).isEmpty();
    }

    /** Its row is of the partition that wrote it first, which is folded elsewhere. */
    @Test
    void leavesItToTheRowsWhenItsRowIsOfAnotherPartition() {
        oneEventAhead();
        folds.end(0);
        folds.begin(1, store.load(1, "topic"))
                .add(List.of(
                        StoredRecords.of(1, 0, owner.claim()),
                        StoredRecords.of(1, 1, owner.created(bot)),
                        StoredRecords.of(1, 2, owner.started(bot))));

        assertThat(folds.having(bot)).isPresent();
        assertThat(read()).isEmpty();
    }
}
