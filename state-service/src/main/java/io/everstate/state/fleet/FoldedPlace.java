package io.everstate.state.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a partition is folded.
 *
 * @param offset of the first record that is not
 * @param revision counted up when the states were changed otherwise than by folding on
 */
public record FoldedPlace(long offset, long revision) {
    private static final String PLACES = "select partition, next_offset, revision from partition_offsets";

    /** Of each partition that was ever taken up, as it is stored. */
    public static Map<Integer, FoldedPlace> stored(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(PLACES);
                var rows = statement.executeQuery()) {
            var places = new HashMap<Integer, FoldedPlace>();
            while (rows.next()) {
                places.put(
                        rows.getInt("partition"),
                        new FoldedPlace(rows.getLong("next_offset"), rows.getLong("revision")));
            }
            return places;
        }
    }

    boolean isBefore(FoldedPlace other) {
        return offset < other.offset;
    }
}
