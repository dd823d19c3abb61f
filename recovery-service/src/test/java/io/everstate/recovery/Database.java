package io.everstate.recovery;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The service's own database, to begin each test with nothing in it. */
@Singleton
public class Database {
    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    public void empty() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            var _ = statement.execute("truncate disaster, run, run_step, alert, recovery_event");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
