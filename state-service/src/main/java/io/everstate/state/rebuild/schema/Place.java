package io.everstate.state.rebuild.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a partition is folded.
 *
 * @param anew whether it is folded from the start of a log that was made anew, behind the states
 */
public record Place(int partition, String topicId, long nextOffset, boolean anew) {
    static List<Place> all(Connection connection, String schema) throws SQLException {
        var query =
                "select partition, topic_id, next_offset, anew_to is not null as anew from %s.partition_offsets order by partition"
                        .formatted(Schemas.quoted(schema));
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var places = new ArrayList<Place>();
            while (rows.next()) {
                places.add(new Place(
                        rows.getInt("partition"),
                        rows.getString("topic_id"),
                        rows.getLong("next_offset"),
                        rows.getBoolean("anew")));
            }
            return places;
        }
    }
}
