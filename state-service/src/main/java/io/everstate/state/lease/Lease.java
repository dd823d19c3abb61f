package io.everstate.state.lease;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The right to do something as the only one. It runs out; the next holder has a higher number, and what carries a lower one is not written
 * any more.
 *
 * @param fence rises with each holder
 */
public record Lease(String name, String owner, long fence) implements Fence {
    private static final String HELD = "select fence from leases where name = ? for update";

    /** One that ran out and that nobody took over still holds: nothing can have happened meanwhile. */
    @Override
    public void check(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(HELD)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                if (!row.next() || row.getLong(1) != fence) {
                    throw new LeaseLostException(name);
                }
            }
        }
    }
}
