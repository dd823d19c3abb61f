package io.everstate.state.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/** The parameters of an {@code unnest}: one array a column, in the order of the calls. */
public final class Columns<T> {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<T> rows;
    private int count;

    public Columns(Connection connection, PreparedStatement statement, List<T> rows) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
    }

    public void longs(ToLongFunction<T> value) throws SQLException {
        add("int8", row -> value.applyAsLong(row), Long[]::new);
    }

    /** What PostgreSQL has no place for, the character 0, is written as a question mark. */
    public void texts(Function<T, String> value) throws SQLException {
        add("text", row -> value.apply(row).replace('\0', '?'), String[]::new);
    }

    /** @param array of the element type: with it the driver sends the values in binary */
    public <V> void add(String type, Function<T, V> value, IntFunction<V[]> array) throws SQLException {
        var values = rows.stream().map(value).toArray(array);
        statement.setArray(++count, connection.createArrayOf(type, values));
    }
}
