package io.everstate.state;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that remembers each statement that was executed, with its parameters, and can be asked how it carries it out. */
public final class WatchedStatements {
    private final DataSource database;
    private final List<String> executed = new ArrayList<>();

    public WatchedStatements(DataSource database) {
        this.database = database;
    }

    /** To be used in place of the database. */
    public DataSource watched() {
        return proxy(DataSource.class, database, Set.of("getConnection"));
    }

    /** The plan of each statement that was executed since the last question, by its text. */
    public Map<String, String> plans() {
        var plans = executed.stream().distinct().collect(Collectors.toMap(sql -> sql, this::plan));
        executed.clear();
        return plans;
    }

    private String plan(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("explain " + sql)) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException("no plan of " + sql, e);
        }
    }

    /** @param wrapped what methods return that is to be watched too */
    private <T> T proxy(Class<T> type, T real, Set<String> wrapped) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (real instanceof PreparedStatement && method.getName().startsWith("execute")) {
                        executed.add(real.toString()); // the driver writes the parameters into the text
                    }
                    try {
                        var result = method.invoke(real, arguments);
                        return watch(method.getName(), result, wrapped);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private @Nullable Object watch(String method, @Nullable Object result, Set<String> wrapped) {
        if (!wrapped.contains(method)) {
            return result;
        }
        return switch (result) {
            case Connection connection -> proxy(Connection.class, connection, Set.of("prepareStatement"));
            case PreparedStatement statement -> proxy(PreparedStatement.class, statement, Set.of());
            case null, default -> result;
        };
    }
}
