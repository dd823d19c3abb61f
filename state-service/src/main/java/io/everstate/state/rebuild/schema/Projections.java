package io.everstate.state.rebuild.schema;

import io.everstate.contracts.log.RecordCodec;
import io.everstate.contracts.wire.JsonFormat;
import io.everstate.state.fold.FoldStore;
import io.everstate.state.lease.Fence;
import io.everstate.state.log.PartitionLog;
import io.everstate.state.platform.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The projection that answers, and the one beside it: made, folded on, taken away. */
@Singleton
public final class Projections {
    /** What is behind by less than this is folded under the hold of the switch. */
    private static final long CLOSE = 5_000;

    private final Transactions transactions;
    private final PartitionLog log;
    private final RecordCodec codec;
    private final JsonFormat json;
    private final int maxRecords;

    public Projections(
            Transactions transactions,
            PartitionLog log,
            RecordCodec codec,
            JsonFormat json,
            RebuildConfiguration configuration) {
        this.transactions = transactions;
        this.log = log;
        this.codec = codec;
        this.json = json;
        this.maxRecords = configuration.maxRecords();
    }

    /** Makes the next projection's tables, unless there are such as this version makes, folded from the log that is there now. */
    public void prepare(Fence fence) {
        transactions.write(connection -> {
            fence.check(connection);
            var schemas = Schemas.of(connection);
            if (!isOfOneShape(connection, schemas, Side.NEXT)
                    || !Standing.of(connection, Side.NEXT).canFollow()) {
                ProjectionTables.drop(connection, schemas.next());
                ProjectionTables.create(connection, schemas.live(), schemas.next());
            }
            return schemas;
        });
    }

    private static boolean isOfOneShape(Connection connection, Schemas schemas, Side side) throws SQLException {
        return ProjectionTables.shape(connection, schemas.live())
                .equals(ProjectionTables.shape(connection, side.in(schemas)));
    }

    /** Whether the one that was kept can answer again: its tables are such as this version uses, and the log is the same. */
    public boolean canReturn() {
        return transactions.read(connection -> isOfOneShape(connection, Schemas.of(connection), Side.PREVIOUS)
                && Standing.of(connection, Side.PREVIOUS).canFollow());
    }

    /** Takes one beside away; the live one is not touched. */
    public void drop(Connection connection, Side side) throws SQLException {
        ProjectionTables.drop(connection, side.in(Schemas.of(connection)));
    }

    /** Empty when there is none. */
    public Optional<Standing> standing(Side side) {
        return transactions.read(connection -> ProjectionTables.shape(connection, side.in(Schemas.of(connection)))
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(Standing.of(connection, side)));
    }

    /**
     * Folds one beside on until it is close behind the live one.
     *
     * @param beat called now and then; what it throws ends it there
     */
    public void follow(Side side, Runnable beat) {
        Standing standing;
        do {
            standing = transactions.read(connection -> Standing.of(connection, side));
            standing.requireFollowing();
            foldTo(side, standing.ahead(), beat);
        } while (standing.total() - standing.folded() >= CLOSE);
    }

    /** Tables that nobody has asked yet are not known to the planner, and their first readers would wait for it. */
    public void analyze(Side side) {
        transactions.write(connection -> {
            var schema = side.in(Schemas.of(connection));
            for (var name : ProjectionTables.NAMES) {
                Statements.run(connection, "analyze " + ProjectionTables.table(schema, name));
            }
            return schema;
        });
    }

    /** Folds one beside on to these places. */
    void foldTo(Side side, List<Place> places, Runnable beat) {
        var first = transactions.read(connection -> {
            var schemas = Schemas.of(connection);
            // a crash loses the newest batches, which are folded again; the switch is written through
            return "set local search_path to %s, %s; set local synchronous_commit to off"
                    .formatted(Schemas.quoted(side.in(schemas)), Schemas.quoted(schemas.live()));
        });
        var fold = new SchemaFold(FoldStore.unheard(transactions.beginningWith(first), json), log, codec, maxRecords);
        places.forEach(place -> fold.foldTo(place, beat));
    }
}
