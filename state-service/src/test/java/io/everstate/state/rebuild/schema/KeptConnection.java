package io.everstate.state.rebuild.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One connection of a pool: lent again and again, with the statements that the server has planned for it. */
final class KeptConnection implements AutoCloseable {
    private final Connection connection;

    KeptConnection(DataSource database) {
        try {
            this.connection = database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    DataSource pool() {
        return proxy(DataSource.class, connection, "getConnection");
    }

    private Connection lent() {
        return proxy(Connection.class, connection, "close");
    }

    /** @param own the method that is not the connection's: of the pool it lends, of what is lent it gives back */
    private <T> T proxy(Class<T> type, Connection real, String own) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    if (method.getName().equals(own)) {
                        return own.equals("close") ? reset(real) : lent();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Connection reset(Connection real) throws SQLException {
        real.setAutoCommit(true);
        real.setReadOnly(false);
        real.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return real;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
