package io.everstate.state.platform;

import io.everstate.contracts.problem.ProblemException;
import io.everstate.contracts.problem.ProblemType;
import java.sql.SQLException;

/** The database found that what it stored is not what it gets back. Asking again does not help; a database that was dropped comes back. */
public final class DatabaseDamagedException extends ProblemException {
    private static final String DATA = "XX001";
    private static final String INDEX = "XX002";

    DatabaseDamagedException(SQLException cause) {
        super(ProblemType.CORRUPT, "the database is damaged: " + cause.getMessage(), cause);
    }

    static boolean explains(SQLException failure) {
        return DATA.equals(failure.getSQLState()) || INDEX.equals(failure.getSQLState());
    }
}
