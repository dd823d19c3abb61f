package io.everstate.state.platform;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** The database did not answer, or gave the transaction up; the same work can succeed later. */
public final class DatabaseUnavailableException extends ProblemException {
    private static final String CONNECTION = "08";
    private static final String ROLLED_BACK = "40";
    private static final String RESOURCES = "53";
    private static final String OPERATOR = "57";
    /** The transaction asked nothing for so long that the database ended it and its connection. */
    private static final String IDLE_FOR_TOO_LONG = "25P03";
    /** PostgreSQL's driver itself: as when the pool gives up, and interrupts it, while it connects to a database that does not answer. */
    private static final String DRIVER = "99999";

    DatabaseUnavailableException(Throwable cause) {
        super(ProblemType.UNAVAILABLE, "the database does not answer", cause);
    }

    /** Whether a failed statement says nothing about the statement, only about the database at that moment. */
    static boolean explains(SQLException failure) {
        var state = failure.getSQLState();
        // Agroal's own failures (no free connection in time, pool closed) carry no state
        return failure instanceof SQLTransientException
                || state == null
                || state.startsWith(CONNECTION)
                || state.startsWith(ROLLED_BACK)
                || state.startsWith(RESOURCES)
                || state.startsWith(OPERATOR)
                || state.equals(IDLE_FOR_TOO_LONG)
                || state.equals(DRIVER);
    }

    /** The first database failure below another exception, such as Hibernate's. */
    static @Nullable DatabaseUnavailableException in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && explains(database)) {
                return new DatabaseUnavailableException(failure);
            }
        }
        return null;
    }
}
