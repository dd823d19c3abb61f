package io.everstate.state.rebuild.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements that are not prepared: they name schemas and tables, and run once. */
final class Statements {
    private Statements() {}

    /** The statement with the schemas and tables that its words in capitals stand for: word, name, word, name. */
    static String named(String sql, String... names) {
        var named = sql;
        for (int word = 0; word < names.length; word += 2) {
            named = named.replace(names[word], names[word + 1]);
        }
        return named;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The first column of each row. */
    static List<String> texts(Connection connection, String sql, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            var texts = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
