package io.everstate.state.simulation;

import static java.util.Objects.requireNonNull;

import io.everstate.state.TestDatabase;
import io.everstate.state.platform.Transactions;
import io.everstate.state.simulation.Failpoints.ProcessDiedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real database whose connection can be lost in front of and behind each statement and each commit, for one thread. What was not committed
 * then is rolled back.
 */
final class FailingDatabase implements AutoCloseable {
    private static final String LOST = "08006";

    private final Connection real;
    private final Failpoints failpoints;

    private FailingDatabase(Connection real, Failpoints failpoints) {
        this.real = real;
        this.failpoints = failpoints;
    }

    /** One that does not fail. */
    static FailingDatabase of(TestDatabase database) throws SQLException {
        var connection = database.connections().getConnection();
        try (var statement = connection.createStatement()) {
            // the machine stays up: what dies here is a process, and not the database
            statement.execute("set synchronous_commit = off");
        }
        return new FailingDatabase(connection, Failpoints.at(Map.of()));
    }

    /** The same on the same connection, failing at these places. */
    FailingDatabase at(Failpoints places) {
        return new FailingDatabase(real, places);
    }

    Transactions transactions() {
        return new Transactions(proxy(DataSource.class, (_, method, _) -> {
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.toString());
            }
            answerOrFail();
            return proxy(Connection.class, new Borrowed());
        }));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private void answerOrFail() throws SQLException {
        try {
            if (failpoints.noAnswer()) {
                rollBack();
                throw new SQLException("the connection is lost", LOST);
            }
        } catch (ProcessDiedException e) {
            rollBack();
            throw e;
        }
    }

    private void rollBack() throws SQLException {
        if (!real.getAutoCommit()) {
            real.rollback();
        }
    }

    /** Beside what statements execute: the end, and the driver itself, of which only a COPY is asked. */
    private static final Set<String> STEPS = Set.of("commit", "unwrap");

    /** The connection, from when it is lent to when it is given back. */
    private final class Borrowed implements InvocationHandler {
        private boolean lost;

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                giveBack();
                return null;
            }
            if (lost) {
                throw new SQLException("the connection is lost", LOST);
            }
            if (method.getName().equals("prepareStatement")) {
                var statement = requireNonNull((PreparedStatement) call(real, method, arguments));
                return proxy(
                        PreparedStatement.class,
                        (_, called, values) -> called.getName().startsWith("execute")
                                ? failing(statement, called, values)
                                : call(statement, called, values));
            }
            return STEPS.contains(method.getName()) ? failing(real, method, arguments) : call(real, method, arguments);
        }

        private @Nullable Object failing(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                answerOrFail();
                var result = call(target, method, arguments);
                answerOrFail();
                return result;
            } catch (SQLException | ProcessDiedException e) {
                lost = true;
                throw e;
            }
        }

        private void giveBack() throws SQLException {
            rollBack();
            real.setAutoCommit(true);
            real.setReadOnly(false);
            real.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws SQLException {
        real.close();
    }
}
