package io.everstate.state.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.everstate.platform.testkit.ServiceProcess;
import io.everstate.state.TestDatabase;
import io.everstate.state.TestLog;
import io.everstate.state.oracle.ExpectedPartition;
import io.everstate.state.oracle.Outcome;
import io.everstate.state.oracle.PostgresStoredFold;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;

/**
 * What a database holds of a log to which is written.
 *
 * @param database asked on a way of the test's own
 * @param seed of the load, for whoever reads of a failure
 */
record FoldUnderLoad(TestLog log, TestDatabase database, long seed) {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SOME = 40;

    private long folded() {
        try (var connection = database.connections().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select coalesce(sum(next_offset), 0) from partition_offsets")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return 0; // it is away, or there are no tables yet
        }
    }

    /** Some more is folded. */
    void goesOn() {
        var before = folded();
        await().atMost(PATIENCE).until(() -> folded() > before + SOME);
    }

    /** All that is written is folded, and the process is well. */
    void isThePlainFold(ServiceProcess process) {
        var expected = new ArrayList<ExpectedPartition>();
        long end = 0;
        for (int partition = 0; partition < log.partitions(); partition++) {
            var records = log.records(partition);
            expected.add(new ExpectedPartition(partition, log.topicId(), records));
            end += records.size();
        }
        var all = end;
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(folded()).isEqualTo(all));
        var stored = new PostgresStoredFold(database.transactions());
        assertThat(Outcome.of(stored, log.partitions()).differences(ExpectedPartition.outcome(expected)))
                .as("load of seed %d", seed)
                .isEmpty();
        process.awaitReady(PATIENCE);
    }
}
