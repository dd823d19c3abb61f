package io.everstate.state.platform;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in one transaction of the database. What the work throws rolls it back. */
@Singleton
public final class Transactions {
    private final DataSource database;
    private final @Nullable String first;

    @Inject
    public Transactions(DataSource database) {
        this(database, null);
    }

    private Transactions(DataSource database, @Nullable String first) {
        this.database = database;
        this.first = first;
    }

    /** The same database, but each transaction begins with these statements. */
    public Transactions beginningWith(String statements) {
        return new Transactions(database, statements);
    }

    /** Statements of one transaction. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Reads one consistent cut: every statement sees the same committed state (REPEATABLE READ).
     *
     * @throws DatabaseUnavailableException when the database does not answer
     * @throws DatabaseDamagedException when it gets back something else than it stored
     */
    public <T> T read(Work<T> work) {
        return run(connection -> {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return committed(connection, work);
        });
    }

    /**
     * Asks one statement that reads, which sees one committed state by itself: a round trip where a transaction takes three.
     *
     * @throws DatabaseUnavailableException when the database does not answer
     */
    public <T> T ask(Work<T> work) {
        return run(work);
    }

    /** @throws DatabaseUnavailableException when the database does not answer; then it is not known whether the work was committed */
    public <T> T write(Work<T> work) {
        return run(connection -> committed(connection, work));
    }

    private <T> T run(Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            if (DatabaseUnavailableException.explains(e)) {
                throw new DatabaseUnavailableException(e);
            }
            if (DatabaseDamagedException.explains(e)) {
                throw new DatabaseDamagedException(e);
            }
            throw new IllegalStateException("a statement is not right: " + e.getMessage(), e);
        }
    }

    private <T> T committed(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            begin(connection);
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private void begin(Connection connection) throws SQLException {
        if (first != null) {
            try (var statement = connection.createStatement()) {
                statement.execute(first);
            }
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is dead, and with it the transaction
            reason.addSuppressed(e);
        }
    }
}
