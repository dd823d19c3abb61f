package io.everstate.state.lease;

import java.sql.Connection;
import java.sql.SQLException;

/** Stands in front of what only the holder of something may write. */
@FunctionalInterface
public interface Fence {
    /** For what anybody may write. */
    Fence NONE = _ -> {};

    /**
     * The first statement of the transaction that writes: what it finds holds until the transaction ends.
     *
     * @throws LeaseLostException when another is the holder by now
     */
    void check(Connection connection) throws SQLException;

    /** What both of them let through. */
    default Fence and(Fence other) {
        return connection -> {
            check(connection);
            other.check(connection);
        };
    }
}
