package io.everstate.state.simulation;

import io.everstate.state.TestDatabase;
import io.everstate.state.fold.FoldStores;
import io.everstate.state.oracle.PostgresStoredFold;
import io.everstate.state.platform.Transactions;
import java.sql.SQLException;
import java.util.List;

/** Runs one after the other on a real database. */
final class PostgresRuns implements AutoCloseable {
    private static final String EMPTY = """
        delete from partition_offsets; delete from bots; delete from trades; delete from parked_bots;
        delete from state_validation_results\
        """;

    private final FailingDatabase reliable;
    private final FailingDatabase failing;
    private final Transactions transactions;

    PostgresRuns() throws SQLException {
        var database = TestDatabase.withTables();
        reliable = FailingDatabase.of(database);
        failing = FailingDatabase.of(database);
        transactions = reliable.transactions();
    }

    /** What is broken in the end; empty when all is as it must be. */
    List<String> run(Fault fault, List<Command> commands, Failpoints failpoints) {
        transactions.write(connection -> {
            try (var statement = connection.prepareStatement(EMPTY)) {
                return statement.executeUpdate();
            }
        });
        return new Simulation(
                        fault,
                        new PostgresStoredFold(transactions),
                        FoldStores.of(failing.at(failpoints).transactions()),
                        failpoints)
                .run(commands);
    }

    @Override
    public void close() throws SQLException {
        reliable.close();
        failing.close();
    }
}
