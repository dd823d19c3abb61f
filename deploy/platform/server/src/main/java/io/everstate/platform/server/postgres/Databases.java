package io.everstate.platform.server.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** The databases the platform promises, and the one role that owns them and logs in. */
public record Databases(List<String> names, String password) {

    public static final String USER = "everstate";
    private static final String MAINTENANCE = "postgres";
    private static final int TIMEOUT_SECONDS = 2;

    public Databases {
        names = List.copyOf(names);
        for (String name : names) {
            if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
                throw new IllegalArgumentException("not a database name: " + name);
            }
        }
        if (password.isBlank() || password.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a password has one line and is not blank");
        }
    }

    String createLoginRole() {
        return "CREATE ROLE " + USER + " LOGIN CREATEDB PASSWORD '" + password.replace("'", "''") + "';";
    }

    void createMissing(int port) {
        try (Connection connection = connect(port, 30)) {
            for (String name : names) {
                if (!exists(connection, name)) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("CREATE DATABASE " + name + " STRATEGY file_copy");
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the databases cannot be created: " + e.getMessage(), e);
        }
    }

    boolean answer(int port) {
        try (Connection connection = connect(port, TIMEOUT_SECONDS);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            return result.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private Connection connect(int port, int timeoutSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("loginTimeout", Integer.toString(timeoutSeconds));
        properties.setProperty("socketTimeout", Integer.toString(timeoutSeconds));
        properties.setProperty("ApplicationName", "everstate-platform");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + MAINTENANCE, properties);
    }

    @Override
    public String toString() {
        return "Databases" + names;
    }
}
