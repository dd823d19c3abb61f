package io.everstate.state.rebuild.schema;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The names of the schemas, quoted for statements.
 *
 * @param live whose tables answer and are folded on
 */
record Schemas(String live) {
    static Schemas of(Connection connection) throws SQLException {
        return new Schemas(connection.getSchema());
    }

    /** The projection that is made. */
    String next() {
        return live + "_next";
    }

    /** The projection that was in place before the switch, kept until it is confirmed. */
    String previous() {
        return live + "_previous";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
