package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.everstate.state.Owner;
import io.everstate.state.TestDatabase;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.fold.PartitionProjection;
import io.everstate.state.fold.StoredRecords;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.PostgresStoredFold;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standby takes the database's place that had not got all of its commits: the offsets have gone back with the states, and are gone on from. */
class DatabaseGoneBackIT {
    private static final int RECORDS = 300;
    private static final String TOPIC = "topic-0";

    private static void fold(TestDatabase database, SimulatedPartition log, int upTo, Random random) {
        var store = FoldStores.of(database);
        for (var position = store.load(0, TOPIC); position.nextOffset() < upTo; position = store.load(0, TOPIC)) {
            var from = (int) position.nextOffset();
            var to = Math.min(upTo, from + 1 + random.nextInt(100));
            store.commit(List.of(new PartitionProjection(0, position, StoredRecords.CODEC)
                    .fold(log.records().subList(from, to))));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1})
    void isFoldedOnFromWhereItStands(long seed) {
        var random = new Random(seed);
        var log = new SimulatedPartition(0);
        var bots = Stream.generate(Owner::newBot).limit(4).toList();
        while (log.end() < RECORDS) {
            new RandomWriter(log, bots, random).write();
        }
        var primary = TestDatabase.withTables();
        fold(primary, log, random.nextInt(RECORDS), random);
        var standby = primary.copy();
        fold(primary, log, log.end(), random);

        fold(standby, log, log.end(), random);

        var plain = ExpectedPartition.outcome(List.of(new ExpectedPartition(0, TOPIC, log.records())));
        for (var database : List.of(primary, standby)) {
            assertThat(Outcome.of(new PostgresStoredFold(database.transactions()), 1)
                            .differences(plain))
                    .isEmpty();
        }
    }
}
