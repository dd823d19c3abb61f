package io.everstate.state.rebuild.schema;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import io.everstate.state.lease.Fence;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * Lets a projection beside the live one take its place, in one transaction. Nobody folds from its first statement on, and readers go on; the
 * last stretch of the log is folded then, which is little. At the end, when both stand at one place, the tables change their schemas: who comes
 * then waits for the commit and finds the others, whatever connection it has, for PostgreSQL plans a statement anew whose tables were moved.
 * The partitions' revisions are counted up, so that whoever folded the tables of before has lost its partitions and loads them anew.
 */
@Singleton
public final class Exchange {
    /** No folding for longer than that, even when this process freezes in the middle. */
    private static final String LIMITS =
            "set local lock_timeout to '3s'; set local idle_in_transaction_session_timeout to '15s'";

    /** Less than PostgreSQL takes to look for a deadlock: it is this one that gives way to a reader. */
    private static final String GIVE_WAY = "set local lock_timeout to '500ms'";

    private static final String NOT_AT_ONE_PLACE = """
            select count(*) from LIVE.partition_offsets l full join BESIDE.partition_offsets n using (partition)
            where l.next_offset is distinct from n.next_offset or l.topic_id is distinct from n.topic_id""";

    private static final String REVISE = """
            update LIVE.partition_offsets n set revision = greatest(n.revision, o.revision) + 1
            from FORMER.partition_offsets o where o.partition = n.partition""";

    private static final String LOCKED_OUT = "55P03";

    private final Transactions transactions;
    private final Projections projections;

    public Exchange(Transactions transactions, Projections projections) {
        this.transactions = transactions;
        this.projections = projections;
    }

    /** Written in the same transaction. */
    public interface Mark {
        void write(Connection connection) throws SQLException;
    }

    /**
     * @param incoming NEXT: the live one is kept as PREVIOUS; PREVIOUS: the live one is dropped
     * @throws ProblemException UNAVAILABLE when readers hold the tables for too long, or the log does not answer; nothing has changed then
     */
    public void exchange(Side incoming, Fence fence, Mark mark) {
        transactions.write(connection -> {
            try {
                var schemas = Schemas.of(connection);
                hold(connection, schemas, incoming);
                fence.check(connection);
                move(connection, schemas, incoming);
                mark.write(connection);
                return schemas;
            } catch (SQLException e) {
                if (LOCKED_OUT.equals(e.getSQLState())) {
                    throw new ProblemException(
                            ProblemType.UNAVAILABLE, "somebody reads or writes the tables for too long", e);
                }
                throw e;
            }
        });
    }

    private void hold(Connection connection, Schemas schemas, Side incoming) throws SQLException {
        Statements.run(connection, LIMITS);
        Statements.run(
                connection,
                "lock table %s in exclusive mode"
                        .formatted(ProjectionTables.table(schemas.live(), ProjectionTables.NAMES.getFirst())));
        var standing = Standing.of(connection, incoming);
        standing.requireFollowing();
        projections.foldTo(incoming, standing.ahead(), () -> {});
        var live = Schemas.quoted(schemas.live());
        var beside = Schemas.quoted(incoming.in(schemas));
        if (Statements.number(connection, Statements.named(NOT_AT_ONE_PLACE, "LIVE", live, "BESIDE", beside)) > 0) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the two projections do not stand at one place");
        }
    }

    private static void move(Connection connection, Schemas schemas, Side incoming) throws SQLException {
        Statements.run(connection, GIVE_WAY);
        var tables = ProjectionTables.NAMES.stream()
                .map(name -> ProjectionTables.table(schemas.live(), name))
                .collect(Collectors.joining(", "));
        Statements.run(connection, "lock table " + tables + " in access exclusive mode");
        var outgoing = incoming.other().in(schemas);
        Statements.run(connection, "create schema " + Schemas.quoted(outgoing));
        ProjectionTables.move(connection, schemas.live(), outgoing);
        ProjectionTables.move(connection, incoming.in(schemas), schemas.live());
        Statements.run(
                connection,
                Statements.named(REVISE, "LIVE", Schemas.quoted(schemas.live()), "FORMER", Schemas.quoted(outgoing)));
        ProjectionTables.drop(connection, incoming.in(schemas));
        if (incoming == Side.PREVIOUS) {
            ProjectionTables.drop(connection, outgoing);
        }
    }
}
