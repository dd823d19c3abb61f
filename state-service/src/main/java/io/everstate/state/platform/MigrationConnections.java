package io.everstate.state.platform;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections of the migrations. They are not taken from the pool, of which Flyway would need two at once: a pool of one would never start. If
 * there is no database when they begin, it is made: what was dropped comes back from the log by a start alone. A server that does not answer is
 * not a database that is missing; that is waited for.
 */
@Singleton
final class MigrationConnections implements FlywayConfigurationCustomizer {
    private static final Logger LOG = Logger.getLogger(MigrationConnections.class);
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]+)(\\?.*)?");
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final Set<String> IS_THERE = Set.of("42P04", "23505");
    private static final String NAME = "state-service";
    private static final int SECONDS = 5;
    /** As the pool has it. */
    private static final int LONGEST_STATEMENT = 20;

    private final DatabaseConfiguration configuration;

    MigrationConnections(DatabaseConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        var connections = connections();
        flyway.dataSource(configuration.create() ? new Made(connections) : connections);
    }

    private DataSource connections() {
        var connections = new PGSimpleDataSource();
        connections.setUrl(configuration.url());
        configuration.username().ifPresent(connections::setUser);
        configuration.password().ifPresent(connections::setPassword);
        connections.setApplicationName(NAME);
        connections.setConnectTimeout(SECONDS);
        connections.setSocketTimeout(LONGEST_STATEMENT);
        return connections;
    }

    private void create() throws SQLException {
        var url = URL.matcher(configuration.url());
        if (!url.matches()) {
            throw new SQLException("no database's name in " + configuration.url(), NO_SUCH_DATABASE);
        }
        var address = url.group(1) + configuration.maintenance() + (url.group(3) == null ? "" : url.group(3));
        try (var connection = DriverManager.getConnection(address, access());
                var statement = connection.createStatement()) {
            statement.execute("create database " + statement.enquoteIdentifier(url.group(2), true));
            LOG.warnf("there was no database %s; it was made, and all of it comes back from the log", url.group(2));
        } catch (SQLException e) {
            // another replica was sooner
            if (!IS_THERE.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    private Properties access() {
        var access = new Properties();
        configuration.username().ifPresent(name -> access.setProperty("user", name));
        configuration.password().ifPresent(word -> access.setProperty("password", word));
        access.setProperty("loginTimeout", Integer.toString(SECONDS));
        access.setProperty("connectTimeout", Integer.toString(SECONDS));
        return access;
    }

    private static boolean isMissing(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException one && NO_SUCH_DATABASE.equals(one.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Connections of a database that is made when it is missing. */
    private final class Made implements DataSource {
        private final DataSource database;

        Made(DataSource database) {
            this.database = database;
        }

        @Override
        public Connection getConnection() throws SQLException {
            try {
                return database.getConnection();
            } catch (SQLException e) {
                if (!isMissing(e)) {
                    throw e;
                }
                create();
                return database.getConnection();
            }
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return database.getConnection(username, password);
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return database.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            database.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            database.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return database.getLoginTimeout();
        }

        @Override
        public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return database.getParentLogger();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return database.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return database.isWrapperFor(type);
        }
    }
}
