package io.everstate.state.plans;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that remembers of each statement which of its parameters are arrays, and of what; the text alone does not tell. */
final class ArrayParameters {
    private final DataSource database;
    private final Map<String, Map<Integer, String>> types = new HashMap<>();

    ArrayParameters(DataSource database) {
        this.database = database;
    }

    /** Element types by parameter, by the statement's text. */
    Map<String, Map<Integer, String>> types() {
        return types;
    }

    /** To be used in place of the database. */
    DataSource watched() {
        return proxy(DataSource.class, (_, method, arguments) -> {
            var result = call(database, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (_, method, arguments) -> {
            var result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement && arguments != null
                    ? watched(statement, types.computeIfAbsent((String) arguments[0], _ -> new HashMap<>()))
                    : result;
        });
    }

    private static PreparedStatement watched(PreparedStatement statement, Map<Integer, String> arrays) {
        return proxy(PreparedStatement.class, (_, method, arguments) -> {
            if (method.getName().equals("setArray") && arguments != null) {
                arrays.put((Integer) arguments[0], ((Array) arguments[1]).getBaseTypeName());
            }
            return call(statement, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
